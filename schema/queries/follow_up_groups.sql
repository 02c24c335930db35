-- Those who are followed up, counted by what is asked for: the columns are those
-- of records/follow_up.h.
-- Planned anew: by the school or by whole cohorts.
-- $1 consortium, $2 school that owns (each graduate is there from his own day
-- on) or null (a cohort is there once the day has come for all of it), $3 first
-- and $4 last year, $5 month, $6 school, $7 specialty, class or category, $8
-- level, $9 sex, $10 the schools' division, each or null, $11 months or null,
-- $12 the dimensions, $13 how many at most
with due as materialized (
	-- the cohorts whose day has come for all of them
	select m.months, y.year
	from unnest(array[6, 12, 18, 24]) m (months)
	cross join generate_series(2000, 2100) y (year)
	where follow_up_due_on(make_date(y.year, 12, 31), m.months)
		<= today_in_china()
), graduate as (
	select g.student_id, g.year, g.month, g.school_id, g.specialty_code,
		g.sex, g.code, g.place = 3 as was_local, s.graduates_on
	from graduate_fact g
	left join student s on $2::uuid is not null
		and s.consortium_id = $1::uuid and s.id = g.student_id
	where g.consortium_id = $1::uuid and g.to_at = 'infinity'
		and g.year between $3::integer and $4::integer
		and ($2::uuid is null or g.school_id = $2::uuid)
		and ($5::integer is null or g.month = $5::integer)
		and ($6::uuid is null or g.school_id = $6::uuid)
		and ($7::text is null
			or left(g.specialty_code, length($7)) = $7)
		and ($8::text is null
			or specialty_level(g.specialty_code) = $8)
		and ($9::text is null or g.sex = $9)
		and ($10::text is null or $10 = (
			select h.division_code from school h
			where h.consortium_id = $1::uuid
				and h.id = g.school_id))
), cohort as (
	select g.year, g.month, g.school_id, g.specialty_code, g.sex, g.code,
		g.was_local, g.graduates_on, count(*) as n
	from graduate g
	group by 1, 2, 3, 4, 5, 6, 7, 8
), one as (
	-- all of them, who answered apart
	select m.months, g.year, g.month, g.school_id, g.specialty_code, g.sex,
		g.n, 0 as answered, g.code, g.was_local, g.graduates_on,
		false as is_employed, false as is_local, false as is_aligned,
		false as is_same
	from cohort g
	cross join unnest(array[6, 12, 18, 24]) m (months)
	union all
	select f.months, g.year, g.month, g.school_id, g.specialty_code, g.sex,
		0, 1, g.code, g.was_local, g.graduates_on,
		k.counts_as_employed, k.counts_as_employed and place_of_work(
			c.division_code, f.division_code) = 3,
		k.counts_as_employed and f.is_aligned,
		k.counts_as_employed and w.counts_as_employed
			and is_same_employer(f, d)
	from follow_up f
	join graduate g on g.student_id = f.id
	join consortium c on c.id = $1::uuid
	left join destination w on w.code = g.code
	left join graduate_destination d on d.consortium_id = $1::uuid
		and d.id = f.id and g.code <> 'none'
	left join destination k on k.code = f.code
	where f.consortium_id = $1::uuid and f.acknowledged_at is not null
), told as (
	select o.*, coalesce(w.counts_as_employed, false) as was_employed
	from one o
	left join destination w on w.code = o.code
	left join due y on y.months = o.months and y.year = o.year
	where ($11::integer is null or o.months = $11::integer)
		and case when $2::uuid is null then y.year is not null
			else follow_up_due_on(o.graduates_on, o.months)
				<= today_in_china() end
), counted as (
	select o.months,
		case when 'school' = any($12::text[]) then o.school_id end
			as school_id,
		case when 'district' = any($12::text[]) then (
			select h.division_code from school h
			where h.consortium_id = $1::uuid
				and h.id = o.school_id) end as district,
		case when 'level' = any($12::text[])
			then specialty_level(o.specialty_code) end as level,
		case when 'specialty' = any($12::text[]) then o.specialty_code
			when 'class' = any($12::text[])
			then left(o.specialty_code, 4)
			when 'category' = any($12::text[])
			then left(o.specialty_code, 2) end as specialty,
		case when 'sex' = any($12::text[]) then o.sex end as sex,
		case when 'month' = any($12::text[]) then o.month end as month,
		case when 'year' = any($12::text[]) then o.year end as year,
		sum(o.n) as graduates, sum(o.answered) as answered,
		count(*) filter (where o.is_employed) as employed,
		count(*) filter (where o.is_local) as local,
		count(*) filter (where o.is_aligned) as aligned,
		coalesce(sum(o.n) filter (where o.was_employed), 0)
			as was_employed,
		coalesce(sum(o.answered) filter (where o.was_employed), 0)
			as was_employed_answered,
		count(*) filter (where o.was_employed and o.is_employed)
			as still_employed,
		coalesce(sum(o.n) filter (where o.was_local), 0) as was_local,
		coalesce(sum(o.answered) filter (where o.was_local), 0)
			as was_local_answered,
		count(*) filter (where o.was_local and o.is_local)
			as still_local,
		count(*) filter (where o.is_same) as same_employer
	from told o
	group by 1, 2, 3, 4, 5, 6, 7, 8
)
select concat_ws('|', t.months, t.school_id, t.district, t.level, t.specialty,
	t.sex, t.month),
	t.year, t.school_id, h.name, t.district, v.name, t.level, t.specialty,
	p.name, t.sex, t.month, t.months, t.graduates, t.answered, t.employed,
	t.local, t.aligned, t.was_employed, t.was_employed_answered,
	t.still_employed, t.was_local, t.was_local_answered, t.still_local,
	t.same_employer
from counted t
left join school h on h.consortium_id = $1::uuid and h.id = t.school_id
left join division v on v.code = t.district
left join specialty_node p on p.code = t.specialty
order by t.year, t.school_id, t.district, t.level, t.specialty, t.sex, t.month,
	t.months
limit $13::integer
