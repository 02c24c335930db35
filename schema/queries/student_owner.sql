-- Is there such a student, of this owner (null: of anybody's)? Returns id and
-- school.
-- $1 consortium, $2 student, $3 student or school that owns, or null
select s.id, s.school_id
from student s
where s.consortium_id = $1::uuid and s.id = $2::uuid
	and ($3::uuid is null or $3::uuid in (s.id, s.school_id))
