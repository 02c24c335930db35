-- The smallest parts of those who are followed up, of which all that others may
-- see is made, in the columns of employment_parts.sql; the months stand before
-- the group's own terms and before each whole. A cohort is there once the day
-- has come for all of it.
-- Planned anew: of those who answered, or of all.
-- $1 consortium, $2 first and $3 last year, $4 month, $5 school, $6
-- specialty, class or category, $7 level, $8 sex, $9 the schools' division,
-- each or null, $10 months or null, $11 the dimensions, $12 what the parts are
-- by: `place` (school and specialty), `sex` or `month`, $13 whether those who
-- answered are counted, instead of all
with due as materialized (
	select m.months, y.year
	from unnest(array[6, 12, 18, 24]) m (months)
	cross join generate_series(2000, 2100) y (year)
	where ($10::integer is null or m.months = $10::integer)
		and y.year between $2::integer and $3::integer
		and follow_up_due_on(make_date(y.year, 12, 31), m.months)
			<= today_in_china()
), graduate as (
	select g.student_id, g.year,
		case when $12::text = 'place' then g.school_id end as school_id,
		case when $12::text = 'place' then g.specialty_code end
			as specialty,
		case when $12::text = 'sex' then g.sex end as sex,
		case when $12::text = 'month' then g.month end as month
	from graduate_fact g
	where g.consortium_id = $1::uuid and g.to_at = 'infinity'
		and g.year between $2::integer and $3::integer
), cohort as (
	select g.year, g.school_id, g.specialty, g.sex, g.month, count(*) as n
	from graduate g
	where not $13::boolean
	group by 1, 2, 3, 4, 5
), part as (
	select m.months, g.year, g.school_id, g.specialty, g.sex, g.month, g.n
	from cohort g
	join due m on m.year = g.year
	union all
	select m.months, g.year, g.school_id, g.specialty, g.sex, g.month,
		count(*)
	from follow_up f
	join graduate g on g.student_id = f.id
	join due m on m.year = g.year and m.months = f.months
	where $13::boolean and f.consortium_id = $1::uuid
		and f.acknowledged_at is not null
	group by 1, 2, 3, 4, 5, 6
)
select case when ($4::integer is null or a.month = $4::integer)
		and ($5::uuid is null or a.school_id = $5::uuid)
		and ($6::text is null or left(a.specialty, length($6)) = $6)
		and ($7::text is null or specialty_level(a.specialty) = $7)
		and ($8::text is null or a.sex = $8)
		and ($9::text is null or h.division_code = $9)
	then concat_ws('|', a.months,
		case when 'school' = any($11::text[]) then a.school_id end,
		case when 'district' = any($11::text[]) then h.division_code
			end,
		case when 'level' = any($11::text[])
			then specialty_level(a.specialty) end,
		case when 'specialty' = any($11::text[]) then a.specialty
			when 'class' = any($11::text[])
			then left(a.specialty, 4)
			when 'category' = any($11::text[])
			then left(a.specialty, 2) end,
		case when 'sex' = any($11::text[]) then a.sex end,
		case when 'month' = any($11::text[]) then a.month end)
	end,
	a.year, a.n,
	concat_ws('|', a.months, a.year, h.division_code, a.school_id,
		left(a.specialty, 4)),
	concat_ws('|', a.months, a.year, h.division_code, a.school_id,
		left(a.specialty, 2)),
	concat_ws('|', a.months, a.year, h.division_code, a.school_id),
	concat_ws('|', a.months, a.year, h.division_code),
	concat_ws('|', a.months, a.year),
	coalesce((select p.small_group_least from policy p
		where p.consortium_id = $1::uuid
			and p.version = policy_at($1::uuid, now())), 11)
from part a
left join school h on h.consortium_id = $1::uuid and h.id = a.school_id
order by a.months, a.year, h.division_code, a.school_id, a.specialty, a.sex,
	a.month
