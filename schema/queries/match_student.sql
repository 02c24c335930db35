-- One student as records/match_input.h reads it.
-- $1 consortium, $2 student, $3 owner (student or school) or null
select s.id, s.specialty_code, s.entry_year, s.birth_date, s.sex,
	s.home_division_code, c.division_code,
	array_to_string(s.willing_division_codes, ' '),
	s.available_from, s.available_to, s.pay_min_fen,
	array_to_string(s.skills, E'\x1f'),
	array_to_string(s.certificates, E'\x1f'), s.is_willing_anywhere, s.school_id
from student s
join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
where s.consortium_id = $1::uuid and s.id = $2::uuid
	and ($3::uuid is null or $3::uuid in (s.id, s.school_id))
