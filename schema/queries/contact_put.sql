-- Keeps a student's phone, sealed, or none; returns it as contact_of_student.sql
-- does.
-- $1 consortium, $2 student, $3 owner (student or school) or null, $4 sealed
-- phone or null, $5 its keyed hash in hex or null, $6 account
update student s set phone_sealed = convert_to($4, 'UTF8'),
	phone_hash = decode($5, 'hex'), actor = $6::uuid
where s.consortium_id = $1::uuid and s.id = $2::uuid
	and ($3::uuid is null or $3::uuid in (s.id, s.school_id))
returning s.id, convert_from(s.phone_sealed, 'UTF8'), s.version
