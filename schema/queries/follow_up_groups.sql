-- Those who are followed up, counted by what is asked for: the columns are those
-- of records/follow_up.h.
-- Planned anew: by the school or by whole cohorts.
-- $1 consortium, $2 school that owns (each graduate is there from his own day
-- on) or null (a cohort is there once the day has come for all of it), $3 first
-- and $4 last year, $5 month, $6 school, $7 specialty, class or category, $8
-- level, $9 sex, $10 the schools' division, each or null, $11 months or null,
-- $12 the dimensions, $13 what is to be told apart: `place`, `sex`, `month`, or
-- `cell` of the school that owns, $14 how many at most
with last as materialized (
	select follow_up_last_day(today_in_china(), 6) as day_6,
		follow_up_last_day(today_in_china(), 12) as day_12,
		follow_up_last_day(today_in_china(), 18) as day_18,
		follow_up_last_day(today_in_china(), 24) as day_24
), counted as (
	select case when 'school' = any($12::text[]) then t.school_id end
			as school_id,
		case when 'district' = any($12::text[]) then h.division_code
			end as district,
		case when 'level' = any($12::text[])
			then specialty_level(t.specialty_code) end as level,
		case when 'specialty' = any($12::text[]) then t.specialty_code
			when 'class' = any($12::text[])
			then left(t.specialty_code, 4)
			when 'category' = any($12::text[])
			then left(t.specialty_code, 2) end as specialty,
		case when 'sex' = any($12::text[]) then t.sex end as sex,
		case when 'month' = any($12::text[]) then t.month end as month,
		case when 'year' = any($12::text[])
			then extract(year from t.day)::smallint end as year,
		array[sum(t.graduates)
				filter (where t.day <= w.day_6),
			sum(t.answered_6)
				filter (where t.day <= w.day_6),
			sum(t.employed_6)
				filter (where t.day <= w.day_6),
			sum(t.local_6)
				filter (where t.day <= w.day_6),
			sum(t.fits_6)
				filter (where t.day <= w.day_6),
			sum(t.worked)
				filter (where t.day <= w.day_6),
			sum(t.worked_6)
				filter (where t.day <= w.day_6),
			sum(t.still_6)
				filter (where t.day <= w.day_6),
			sum(t.were_local)
				filter (where t.day <= w.day_6),
			sum(t.were_local_6)
				filter (where t.day <= w.day_6),
			sum(t.stayed_6)
				filter (where t.day <= w.day_6),
			sum(t.same_6)
				filter (where t.day <= w.day_6)]
			as after_6,
		array[sum(t.graduates)
				filter (where t.day <= w.day_12),
			sum(t.answered_12)
				filter (where t.day <= w.day_12),
			sum(t.employed_12)
				filter (where t.day <= w.day_12),
			sum(t.local_12)
				filter (where t.day <= w.day_12),
			sum(t.fits_12)
				filter (where t.day <= w.day_12),
			sum(t.worked)
				filter (where t.day <= w.day_12),
			sum(t.worked_12)
				filter (where t.day <= w.day_12),
			sum(t.still_12)
				filter (where t.day <= w.day_12),
			sum(t.were_local)
				filter (where t.day <= w.day_12),
			sum(t.were_local_12)
				filter (where t.day <= w.day_12),
			sum(t.stayed_12)
				filter (where t.day <= w.day_12),
			sum(t.same_12)
				filter (where t.day <= w.day_12)]
			as after_12,
		array[sum(t.graduates)
				filter (where t.day <= w.day_18),
			sum(t.answered_18)
				filter (where t.day <= w.day_18),
			sum(t.employed_18)
				filter (where t.day <= w.day_18),
			sum(t.local_18)
				filter (where t.day <= w.day_18),
			sum(t.fits_18)
				filter (where t.day <= w.day_18),
			sum(t.worked)
				filter (where t.day <= w.day_18),
			sum(t.worked_18)
				filter (where t.day <= w.day_18),
			sum(t.still_18)
				filter (where t.day <= w.day_18),
			sum(t.were_local)
				filter (where t.day <= w.day_18),
			sum(t.were_local_18)
				filter (where t.day <= w.day_18),
			sum(t.stayed_18)
				filter (where t.day <= w.day_18),
			sum(t.same_18)
				filter (where t.day <= w.day_18)]
			as after_18,
		array[sum(t.graduates)
				filter (where t.day <= w.day_24),
			sum(t.answered_24)
				filter (where t.day <= w.day_24),
			sum(t.employed_24)
				filter (where t.day <= w.day_24),
			sum(t.local_24)
				filter (where t.day <= w.day_24),
			sum(t.fits_24)
				filter (where t.day <= w.day_24),
			sum(t.worked)
				filter (where t.day <= w.day_24),
			sum(t.worked_24)
				filter (where t.day <= w.day_24),
			sum(t.still_24)
				filter (where t.day <= w.day_24),
			sum(t.were_local)
				filter (where t.day <= w.day_24),
			sum(t.were_local_24)
				filter (where t.day <= w.day_24),
			sum(t.stayed_24)
				filter (where t.day <= w.day_24),
			sum(t.same_24)
				filter (where t.day <= w.day_24)]
			as after_24
	from last w
	join follow_up_counts($1::uuid, $2::uuid, $3::integer, $4::integer,
		$13::text) t on t.day <= w.day_6
	left join school h on h.consortium_id = $1::uuid
		and h.id = t.school_id
	where ($5::integer is null or t.month = $5::integer)
		and ($6::uuid is null or t.school_id = $6::uuid)
		and ($7::text is null
			or left(t.specialty_code, length($7)) = $7)
		and ($8::text is null
			or specialty_level(t.specialty_code) = $8)
		and ($9::text is null or t.sex = $9)
		and ($10::text is null or h.division_code = $10)
	group by 1, 2, 3, 4, 5, 6, 7
)
select concat_ws('|', t.school_id, t.district, t.level, t.specialty, t.sex,
		t.month),
	t.year, t.school_id, h.name, t.district, v.name, t.level, t.specialty,
	p.name, t.sex, t.month, m.months, m.n[1], m.n[2], m.n[3], m.n[4],
	m.n[5], m.n[6], m.n[7], m.n[8], m.n[9], m.n[10], m.n[11], m.n[12]
from counted t
cross join lateral (values (6, t.after_6), (12, t.after_12), (18, t.after_18),
	(24, t.after_24)) as m (months, n)
left join school h on h.consortium_id = $1::uuid and h.id = t.school_id
left join division v on v.code = t.district
left join specialty_node p on p.code = t.specialty
where m.n[1] > 0 and ($11::integer is null or m.months = $11::integer)
order by t.year, t.school_id, t.district, t.level, t.specialty, t.sex, t.month,
	m.months
limit $14::integer
