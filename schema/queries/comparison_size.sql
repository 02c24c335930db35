-- How large a comparison of a run would be: bytes of the document that it reads;
-- no row: the round has no such finished run.
-- $1 consortium, $2 round, $3 run
select octet_length(f.bytes)
from run u
join run_file f on f.consortium_id = u.consortium_id and f.run_id = u.id
	and f.kind = 'instance'
where u.consortium_id = $1::uuid and u.round_id = $2::uuid
	and u.id = $3::uuid and u.state = 'done'
