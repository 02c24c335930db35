-- A student's sealed phone, the version, and whether the account may read it:
-- of a minor that is written down.
-- $1 consortium, $2 student, $3 owner (student or school) or null, $4 account
select s.id, convert_from(s.phone_sealed, 'UTF8'), s.version,
	may_read_sealed(s.consortium_id, $4::uuid, s.id, s.birth_date,
		'contact')
from student s
where s.consortium_id = $1::uuid and s.id = $2::uuid
	and ($3::uuid is null or $3::uuid in (s.id, s.school_id))
