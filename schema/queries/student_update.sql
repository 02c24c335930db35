-- Changes those members of a student that are given (null: stays); returns it
-- as records/student.h reads it, or no row where the version is another.
-- $1 consortium, $2 student, $3 student or school that owns, $4 version seen,
-- $5 account, $6 names of the members to clear, $7 number, $8 name,
-- $9 specialty, $10 entry year, $11 graduates on, $12 class, $13 birth date,
-- $14 sex, $15 home division, $16 willing divisions, $17 willing anywhere,
-- $18 least pay, $19 available from, $20 to, $21 skills, $22 certificates
with s as (
	update student s set
		student_number = coalesce($7, s.student_number),
		name = coalesce($8, s.name),
		specialty_code = coalesce($9, s.specialty_code),
		entry_year = coalesce($10::smallint, s.entry_year),
		graduates_on = case when 'graduates_on' <> all ($6::text[])
			then coalesce($11::date, s.graduates_on) end,
		class_name = case when 'class_name' <> all ($6::text[])
			then coalesce($12, s.class_name) end,
		birth_date = coalesce($13::date, s.birth_date),
		sex = case when 'sex' <> all ($6::text[])
			then coalesce($14, s.sex) end,
		home_division_code = case
			when 'home_division_code' <> all ($6::text[])
			then coalesce($15, s.home_division_code) end,
		willing_division_codes = coalesce($16::text[],
			s.willing_division_codes),
		is_willing_anywhere = coalesce($17::boolean,
			s.is_willing_anywhere),
		pay_min_fen = case when 'pay_min_fen' <> all ($6::text[])
			then coalesce($18::integer, s.pay_min_fen) end,
		available_from = case when 'available_from' <> all ($6::text[])
			then coalesce($19::date, s.available_from) end,
		available_to = case when 'available_to' <> all ($6::text[])
			then coalesce($20::date, s.available_to) end,
		skills = coalesce($21::text[], s.skills),
		certificates = coalesce($22::text[], s.certificates),
		actor = $5::uuid
	where s.consortium_id = $1::uuid and s.id = $2::uuid
		and $3::uuid in (s.id, s.school_id) and s.version = $4::bigint
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
