-- One school, as records/school.h reads it.
-- $1 consortium, $2 school
select c.id, c.uscc, c.code, c.name, c.division_code, c.kind, c.version,
	c.created_at, c.updated_at
from school c
where c.consortium_id = $1::uuid and c.id = $2::uuid
