-- The smallest parts of the cohorts, of which all that others may see is made:
-- the group that each falls into (as in employment_groups.sql) or null, what it
-- is part of, from the smallest whole to the largest, how many it has, and how
-- few a group may have.
-- $1 consortium, $2 first and $3 last year, $4 month, $5 school, $6
-- specialty, class or category, $7 level, $8 sex, $9 the schools' division,
-- each or null, $10 moment or null, $11 the dimensions, $12 what the parts are
-- by: `place` (school and specialty), `sex` or `month`
with part as (
	select g.year,
		case when $12::text = 'place' then g.school_id end as school_id,
		case when $12::text = 'place' then g.specialty_code end
			as specialty,
		case when $12::text = 'sex' then g.sex end as sex,
		case when $12::text = 'month' then g.month end as month,
		sum(g.n) as n
	from (
		select t.school_id, t.year, t.month, t.specialty_code, t.sex,
			t.graduates as n
		from graduate_sum t
		where $10::timestamptz is null and t.consortium_id = $1::uuid
			and t.proof = 0
			and t.year between $2::integer and $3::integer
		union all
		select c.school_id, c.year, c.month, c.specialty_code, c.sex,
			c.n
		from graduate_count c
		where $10::timestamptz is null and c.consortium_id = $1::uuid
			and c.year between $2::integer and $3::integer
		union all
		select f.school_id, f.year, f.month, f.specialty_code, f.sex, 1
		from graduate_fact f
		where $10::timestamptz is not null
			and f.consortium_id = $1::uuid
			and f.year between $2::integer and $3::integer
			and f.from_at <= $10::timestamptz
			and f.to_at > $10::timestamptz
	) g
	group by 1, 2, 3, 4, 5
	having sum(g.n) > 0
)
select case when ($4::integer is null or a.month = $4::integer)
		and ($5::uuid is null or a.school_id = $5::uuid)
		and ($6::text is null or left(a.specialty, length($6)) = $6)
		and ($7::text is null or specialty_level(a.specialty) = $7)
		and ($8::text is null or a.sex = $8)
		and ($9::text is null or h.division_code = $9)
	then concat_ws('|',
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
	concat_ws('|', a.year, h.division_code, a.school_id,
		left(a.specialty, 4)),
	concat_ws('|', a.year, h.division_code, a.school_id,
		left(a.specialty, 2)),
	concat_ws('|', a.year, h.division_code, a.school_id),
	concat_ws('|', a.year, h.division_code),
	a.year::text,
	coalesce((select p.small_group_least from policy p
		where p.consortium_id = $1::uuid
			and p.version = policy_at($1::uuid, now())), 11)
from part a
left join school h on h.consortium_id = $1::uuid and h.id = a.school_id
order by a.year, h.division_code, a.school_id, a.specialty, a.sex, a.month
