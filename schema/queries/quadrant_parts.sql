-- The smallest parts of some cohorts, as endpoints/packed_parts.h reads them:
-- those of employment_parts.sql, so that the same groups are hidden.
-- $1 consortium, $2 last year or null: of the last cohort that has graduated,
-- $3 how many years
select s.year, h.division_code, h.id,
	string_agg(s.specialty_code || ' ' || s.students, ' '),
	(select coalesce((select p.small_group_least from policy p
		where p.consortium_id = $1::uuid
			and p.version = policy_at($1::uuid, now())), 11))
from (select coalesce($2::integer, next_cohort() - 1) as last) x
cross join lateral supply_by_year($1::uuid, x.last - $3::integer + 1,
	x.last) s
join school h on h.consortium_id = $1::uuid and h.id = s.school_id
group by s.year, h.division_code, h.id
order by s.year, h.division_code collate "C", h.id
