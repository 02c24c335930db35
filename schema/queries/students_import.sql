-- Writes the rows of a spreadsheet, all or those that can be, and says what
-- became of each: its number n, the student, and whether it was known before,
-- is made anew, is changed, has a home division that is in no list, and would
-- graduate before it entered.
-- $1 consortium, $2 school, $3 account, $4 rows (JSON, as
-- records/student_sheet.h writes them, with n and id), $5 whether to write,
-- $6 whether known students are changed (else one of them, or a bad row, and
-- nothing is written)
with incoming as (
	select i.*, s.id as known_id,
		i.home_division_code is not null and d.code is null
			as is_division_unknown,
		coalesce(extract(year from coalesce(i.graduates_on,
			s.graduates_on)) < i.entry_year, false) as is_backward
	from json_to_recordset($4::json) as i (n integer, id uuid,
		student_number text, name text, specialty_code text,
		entry_year smallint, graduates_on date, class_name text,
		birth_date date, sex text, home_division_code text,
		skills text[], certificates text[])
	left join student s on s.consortium_id = $1::uuid
		and s.school_id = $2::uuid
		and s.student_number = i.student_number
	left join division d on d.code = i.home_division_code
), sound as (
	select i.* from incoming i
	where $5::boolean and not i.is_division_unknown
		and not i.is_backward
		and ($6::boolean or not exists (
			select from incoming o
			where o.known_id is not null
				or o.is_division_unknown
				or o.is_backward))
), made as (
	-- one that came in between is a conflict, so that all is undone
	insert into student (consortium_id, id, school_id, student_number,
		name, specialty_code, entry_year, graduates_on, class_name,
		birth_date, sex, home_division_code, skills, certificates,
		created_by)
	select $1::uuid, i.id, $2::uuid, i.student_number, i.name,
		i.specialty_code, i.entry_year, i.graduates_on, i.class_name,
		i.birth_date, i.sex, i.home_division_code,
		coalesce(i.skills, '{}'), coalesce(i.certificates, '{}'),
		$3::uuid
	from sound i
	where not $6::boolean
	returning id, student_number, true as is_new
), merged as (
	-- an empty cell leaves what is there
	insert into student as s (consortium_id, id, school_id,
		student_number, name, specialty_code, entry_year,
		graduates_on, class_name, birth_date, sex,
		home_division_code, skills, certificates, created_by)
	select $1::uuid, i.id, $2::uuid, i.student_number, i.name,
		i.specialty_code, i.entry_year, i.graduates_on, i.class_name,
		i.birth_date, i.sex, i.home_division_code,
		coalesce(i.skills, '{}'), coalesce(i.certificates, '{}'),
		$3::uuid
	from sound i
	where $6::boolean
	on conflict (consortium_id, school_id, student_number) do update set
		name = excluded.name,
		specialty_code = excluded.specialty_code,
		entry_year = excluded.entry_year,
		graduates_on = coalesce(excluded.graduates_on,
			s.graduates_on),
		class_name = coalesce(excluded.class_name, s.class_name),
		birth_date = excluded.birth_date,
		sex = coalesce(excluded.sex, s.sex),
		home_division_code = coalesce(excluded.home_division_code,
			s.home_division_code),
		skills = case when excluded.skills = '{}' then s.skills
			else excluded.skills end,
		certificates = case when excluded.certificates = '{}'
			then s.certificates else excluded.certificates end,
		actor = $3::uuid
	where (s.name, s.specialty_code, s.entry_year, s.birth_date)
		is distinct from (excluded.name, excluded.specialty_code,
			excluded.entry_year, excluded.birth_date)
		or excluded.graduates_on is not null
			and excluded.graduates_on
				is distinct from s.graduates_on
		or excluded.class_name is not null
			and excluded.class_name is distinct from s.class_name
		or excluded.sex is not null
			and excluded.sex is distinct from s.sex
		or excluded.home_division_code is not null
			and excluded.home_division_code
				is distinct from s.home_division_code
		or excluded.skills <> '{}' and excluded.skills <> s.skills
		or excluded.certificates <> '{}'
			and excluded.certificates <> s.certificates
	returning s.id, s.student_number, s.xmax = 0 as is_new
), written as (
	select * from made
	union all
	select * from merged
)
select i.n, coalesce(w.id, i.known_id) as student_id,
	i.known_id is not null as is_known, coalesce(w.is_new, false) as is_new,
	coalesce(not w.is_new, false) as is_changed, i.is_division_unknown,
	i.is_backward
from incoming i
left join written w on w.student_number = i.student_number
order by i.n
