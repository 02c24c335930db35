-- One student, as records/student.h reads it.
-- $1 consortium, $2 student, $3 student or school that owns, or null
select s.id, s.school_id, c.name as school_name, s.student_number, s.name,
	s.specialty_code, p.name as specialty_name, s.level, s.entry_year,
	s.graduates_on, s.class_name, s.birth_date, s.sex, s.home_division_code,
	s.willing_division_codes, s.is_willing_anywhere, s.pay_min_fen,
	s.available_from, s.available_to, s.skills, s.certificates, s.state,
	s.version, s.created_at, s.updated_at
from student s
join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
join specialty p on p.code = s.specialty_code
where s.consortium_id = $1::uuid and s.id = $2::uuid
	and ($3::uuid is null or $3::uuid in (s.id, s.school_id))
