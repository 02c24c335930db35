-- The smallest parts of the last three cohorts: the year, the school's
-- division, the school, what there is of its specialties
-- ("660301 37 660302 12"), and how few a group may have.
-- $1 consortium, $2 whether only those are counted who said what they earn
with span as materialized (
	select guided_last_year() as last
), part as (
	select a.year, a.school_id, a.parts
	from span w
	cross join lateral employment_parts($1::uuid, w.last - 2, w.last, null,
		'place') a
	where not $2::boolean
	union all
	select g.year, g.school_id,
		string_agg(g.specialty_code || ' ' || g.n, ' ')
	from span w
	cross join lateral guided_counts($1::uuid, w.last - 2, w.last, '',
		array['pay']) g
	where $2::boolean
	group by 1, 2
)
select a.year, h.division_code, h.id, a.parts,
	(select coalesce((select p.small_group_least from policy p
		where p.consortium_id = $1::uuid
			and p.version = policy_at($1::uuid, now())), 11))
from part a
left join school h on h.consortium_id = $1::uuid and h.id = a.school_id
order by a.year, h.division_code collate "C", h.id
