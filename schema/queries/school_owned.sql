-- Is there such a school, and is it the owner's? One row if so.
-- $1 consortium, $2 school, $3 owner or null
select s.id
from school s
where s.consortium_id = $1::uuid and s.id = $2::uuid
	and ($3::uuid is null or s.id = $3::uuid)
