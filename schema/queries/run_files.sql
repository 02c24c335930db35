-- The two documents of a finished run: instance, result.
-- $1 consortium, $2 run
select convert_from(i.bytes, 'UTF8'), convert_from(r.bytes, 'UTF8')
from run u
join run_file i on i.consortium_id = u.consortium_id and i.run_id = u.id
	and i.kind = 'instance'
join run_file r on r.consortium_id = u.consortium_id and r.run_id = u.id
	and r.kind = 'result'
where u.consortium_id = $1::uuid and u.id = $2::uuid and u.state = 'done'
