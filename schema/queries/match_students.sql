-- The active students of a consortium as records/match_input.h reads them.
-- $1 consortium, $2 specialty code of 6, 4 or 2 digits, or null
select s.id, s.specialty_code, s.entry_year, s.birth_date, s.sex,
	s.home_division_code, c.division_code,
	array_to_string(s.willing_division_codes, ' '),
	s.available_from, s.available_to, s.pay_min_fen,
	array_to_string(s.skills, E'\x1f'),
	array_to_string(s.certificates, E'\x1f'), s.is_willing_anywhere
from student s
join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
where s.consortium_id = $1::uuid and s.state = 'active'
	and ($2::text is null or starts_with(s.specialty_code, $2))
