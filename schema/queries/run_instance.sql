-- The instance document of a finished run.
-- $1 consortium, $2 run
select convert_from(f.bytes, 'UTF8')
from run_file f
where f.consortium_id = $1::uuid and f.run_id = $2::uuid
	and f.kind = 'instance'
