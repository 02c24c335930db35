-- The school's students of a file's nominations as records/match_input.h reads
-- them, and behind them the n of the row; one that is not there has no row.
-- $1 consortium, $2 school, $3 rows (JSON)
select s.id, s.specialty_code, s.entry_year, s.birth_date, s.sex,
	s.home_division_code, c.division_code,
	array_to_string(s.willing_division_codes, ' '),
	s.available_from, s.available_to, s.pay_min_fen,
	array_to_string(s.skills, E'\x1f'),
	array_to_string(s.certificates, E'\x1f'), s.is_willing_anywhere, s.school_id,
	i.n
from json_to_recordset($3::json) as i (n integer, student_number text)
join student s on s.consortium_id = $1::uuid and s.school_id = $2::uuid
	and s.student_number = i.student_number
join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
order by i.n
