-- All that is kept of a student: id, sealed phone, the rest as JSON.
-- $1 consortium, $2 student, $3 owner (student or school) or null
select s.id, convert_from(s.phone_sealed, 'UTF8'),
	(student_data(s.consortium_id, s.id)
		|| student_internships(s.consortium_id, s.id))::text
from student s
where s.consortium_id = $1::uuid and s.id = $2::uuid
	and ($3::uuid is null or $3::uuid in (s.id, s.school_id))
