-- The result document from which a run again goes on; no row: it is another
-- run.
-- $1 consortium, $2 run
select convert_from(f.bytes, 'UTF8')
from run u
join run_file f on f.consortium_id = u.consortium_id
	and f.run_id = u.base_run_id and f.kind = 'result'
where u.consortium_id = $1::uuid and u.id = $2::uuid
