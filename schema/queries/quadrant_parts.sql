-- The smallest parts of some cohorts, as endpoints/shown_groups.h reads them
-- from the second column on, twice: as parts of what is asked for (`group`),
-- and of the levels (`level`). They and their order are those of
-- employment_parts.sql, so that the same groups are hidden.
-- $1 consortium, $2 last year or null: of the last cohort that has graduated,
-- $3 how many years, $4 how many digits of the code
with part as materialized (
	select s.year, h.division_code, s.school_id, s.specialty_code,
		sum(s.students) as n
	from (select coalesce($2::integer, next_cohort() - 1) as last) x
	cross join lateral supply_by_year($1::uuid,
		x.last - $3::integer + 1, x.last) s
	left join school h on h.consortium_id = $1::uuid and h.id = s.school_id
	group by 1, 2, 3, 4
), least as materialized (
	select coalesce((select p.small_group_least from policy p
		where p.consortium_id = $1::uuid
			and p.version = policy_at($1::uuid, now())), 11) as n
)
select w.what, case w.what when 'level'
		then specialty_level(p.specialty_code)
		else left(p.specialty_code, $4::integer) end,
	p.year, p.n,
	concat_ws('|', p.year, p.division_code, p.school_id,
		left(p.specialty_code, 4)),
	concat_ws('|', p.year, p.division_code, p.school_id,
		left(p.specialty_code, 2)),
	concat_ws('|', p.year, p.division_code, p.school_id),
	concat_ws('|', p.year, p.division_code),
	p.year::text, l.n
from part p
cross join least l
cross join (values ('group'), ('level')) as w (what)
order by w.what, p.year, p.division_code, p.school_id, p.specialty_code
