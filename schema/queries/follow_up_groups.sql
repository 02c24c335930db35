-- Those who are followed up, counted by what is asked for: the columns are those
-- of records/follow_up.h.
-- $1 consortium, $2 school that owns (each graduate is there from his own day
-- on) or null (a cohort is there once the day has come for all of it), $3 first
-- and $4 last year, $5 month, $6 school, $7 specialty, class or category, $8
-- level, $9 sex, $10 the schools' division, each or null, $11 months or null,
-- $12 the dimensions, $13 how many at most
with one as (
	select m.months, g.year, g.month, g.school_id, g.specialty_code, g.sex,
		a.is_there as has_answered,
		coalesce(w.counts_as_employed, false) as was_employed,
		g.place = 3 as was_local,
		a.is_there and k.counts_as_employed as is_employed,
		a.is_there and k.counts_as_employed and place_of_work(
			c.division_code, f.division_code) = 3 as is_local,
		a.is_there and k.counts_as_employed and f.is_aligned
			as is_aligned,
		a.is_there and k.counts_as_employed and w.counts_as_employed
			and is_same_employer(f, d) as is_same
	from graduate_fact g
	join consortium c on c.id = g.consortium_id
	join student s on s.consortium_id = g.consortium_id
		and s.id = g.student_id
	cross join unnest(array[6, 12, 18, 24]) m (months)
	left join destination w on w.code = g.code
	left join graduate_destination d on d.consortium_id = g.consortium_id
		and d.id = g.student_id and g.code <> 'none'
	left join follow_up f on f.consortium_id = g.consortium_id
		and f.id = g.student_id and f.months = m.months
		and f.acknowledged_at is not null
	left join destination k on k.code = f.code
	cross join lateral (select f.id is not null) a (is_there)
	where g.consortium_id = $1::uuid and g.to_at = 'infinity'
		and g.year between $3::integer and $4::integer
		and ($11::integer is null or m.months = $11::integer)
		and follow_up_due_on(case when $2::uuid is null
			then make_date(g.year, 12, 31) else s.graduates_on end,
			m.months) <= today_in_china()
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
		count(*) as graduates,
		count(*) filter (where o.has_answered) as answered,
		count(*) filter (where o.is_employed) as employed,
		count(*) filter (where o.is_local) as local,
		count(*) filter (where o.is_aligned) as aligned,
		count(*) filter (where o.was_employed) as was_employed,
		count(*) filter (where o.was_employed and o.has_answered)
			as was_employed_answered,
		count(*) filter (where o.was_employed and o.is_employed)
			as still_employed,
		count(*) filter (where o.was_local) as was_local,
		count(*) filter (where o.was_local and o.has_answered)
			as was_local_answered,
		count(*) filter (where o.was_local and o.is_local)
			as still_local,
		count(*) filter (where o.is_same) as same_employer
	from one o
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
