-- The smallest parts of those of whom supply and demand tells: of the cohorts,
-- as in employment_parts.sql, and of the seats that were taken, each by year,
-- school and specialty: of which (`people`, `seats`), then as
-- endpoints/shown_groups.h reads it.
-- $1 consortium, $2 first and $3 last year, $4 school, $5 specialty, class or
-- category, $6 level, $7 the schools' division, each or null, $8 the dimensions
with part as (
	select 'people' as what, p.year, p.school_id,
		p.specialty_code as specialty, p.students::bigint as n
	from supply_by_year($1::uuid, $2::integer, $3::integer) p
	union all
	select 'seats', s.year, s.school_id, s.specialty_code, count(*)
	from filled_seat s
	where s.consortium_id = $1::uuid
		and s.year between $2::integer and $3::integer
	group by 2, 3, 4
)
select a.what, case when ($4::uuid is null or a.school_id = $4::uuid)
		and ($5::text is null or starts_with(a.specialty, $5::text))
		and ($6::text is null
			or specialty_level(a.specialty) = $6::text)
		and ($7::text is null or h.division_code = $7::text)
	then concat_ws('|',
		case when 'district' = any($8::text[]) then h.division_code
			end,
		case when 'level' = any($8::text[])
			then specialty_level(a.specialty) end,
		case when 'specialty' = any($8::text[]) then a.specialty
			when 'class' = any($8::text[])
			then left(a.specialty, 4)
			when 'category' = any($8::text[])
			then left(a.specialty, 2) end)
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
order by a.what, a.year, h.division_code, a.school_id, a.specialty
