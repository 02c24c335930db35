-- All that is kept of a student: id, sealed phone, the rest as JSON; and whether
-- the account may read it: of a minor that is written down.
-- $1 consortium, $2 student, $3 owner (student or school) or null, $4 account
select s.id, convert_from(s.phone_sealed, 'UTF8'),
	(student_data(s.consortium_id, s.id)
		|| student_internships(s.consortium_id, s.id)
		|| student_destination(s.consortium_id, s.id)
		|| student_appeals(s.consortium_id, s.id)
		|| student_rounds(s.consortium_id, s.id))::text,
	may_read_sealed(s.consortium_id, $4::uuid, s.id, s.birth_date, 'data')
from student s
where s.consortium_id = $1::uuid and s.id = $2::uuid
	and ($3::uuid is null or $3::uuid in (s.id, s.school_id))
