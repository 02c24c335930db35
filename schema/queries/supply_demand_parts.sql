-- The smallest parts of those of whom supply and demand tells: of the cohorts,
-- as in employment_parts.sql, and of the seats that were taken, each by year,
-- school and specialty: of which (`people`, `seats`), then as
-- endpoints/packed_parts.h reads it.
-- $1 consortium, $2 first and $3 last year
with part as (
	select 'people' as what, p.year, p.school_id, p.parts
	from employment_parts($1::uuid, $2::integer, $3::integer, null, 'place')
		p
	union all
	select 'seats', s.year, s.school_id, string_agg(
		s.scope || ' ' || cardinality(s.days), ' ')
	from seat_lists($1::uuid, 'specialty', $2::integer, $3::integer,
		array(select h.id from school h where h.consortium_id = $1::uuid))
		s
	where cardinality(s.days) > 0
	group by s.year, s.school_id
)
select a.what, a.year, h.division_code, h.id, a.parts,
	coalesce((select p.small_group_least from policy p
		where p.consortium_id = $1::uuid
			and p.version = policy_at($1::uuid, now())), 11)
from part a
left join school h on h.consortium_id = $1::uuid and h.id = a.school_id
order by a.what, a.year, h.division_code collate "C", h.id
