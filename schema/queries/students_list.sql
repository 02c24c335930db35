-- A page of students in the order they came, as records/student.h reads them.
-- $1 consortium, $2 school that owns or null, $3 specialty, class or
-- category or null, $4 entry year or null, $5 class name or null, $6 state
-- or null, $7 school or null, $8 id of the last one seen or null, $9 how many
select s.id, s.school_id, c.name as school_name, s.student_number, s.name,
	s.specialty_code, p.name as specialty_name, s.level, s.entry_year,
	s.graduates_on, s.class_name, s.birth_date, s.sex, s.home_division_code,
	s.willing_division_codes, s.is_willing_anywhere, s.pay_min_fen,
	s.available_from, s.available_to, s.skills, s.certificates, s.state,
	s.version, s.created_at, s.updated_at
from student s
join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
join specialty p on p.code = s.specialty_code
where s.consortium_id = $1::uuid
	and ($2::uuid is null or s.school_id = $2::uuid)
	and ($3::text is null or left(s.specialty_code, length($3)) = $3)
	and ($4::smallint is null or s.entry_year = $4::smallint)
	and ($5::text is null or s.class_name = $5)
	and ($6::text is null or s.state = $6)
	and ($7::uuid is null or s.school_id = $7::uuid)
	and ($8::uuid is null or s.id > $8::uuid)
order by s.id
limit $9::bigint
