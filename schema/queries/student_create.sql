-- Makes a student of a school; returns it as records/student.h reads it.
-- $1 consortium, $2 id, $3 school, $4 number, $5 name, $6 specialty,
-- $7 entry year, $8 graduates on, $9 class, $10 birth date, $11 sex,
-- $12 home division, $13 willing divisions, $14 willing anywhere, $15 least
-- pay, $16 available from, $17 to, $18 skills, $19 certificates, $20 account
with s as (
	insert into student (consortium_id, id, school_id, student_number,
		name, specialty_code, entry_year, graduates_on, class_name,
		birth_date, sex, home_division_code, willing_division_codes,
		is_willing_anywhere, pay_min_fen, available_from, available_to,
		skills, certificates, created_by)
	values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7::smallint,
		$8::date, $9, $10::date, $11, $12, $13::text[], $14::boolean,
		$15::integer, $16::date, $17::date, $18::text[], $19::text[],
		$20::uuid)
	returning *
)
select s.id, s.school_id, c.name as school_name, s.student_number, s.name,
	s.specialty_code, p.name as specialty_name, s.level, s.entry_year,
	s.graduates_on, s.class_name, s.birth_date, s.sex, s.home_division_code,
	s.willing_division_codes, s.is_willing_anywhere, s.pay_min_fen,
	s.available_from, s.available_to, s.skills, s.certificates, s.state,
	s.version, s.created_at, s.updated_at
from s
join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
join specialty p on p.code = s.specialty_code
