-- What the three lists are drawn from, as records/specialty_list.h reads it:
-- the smallest parts of the last cohorts and of those to come (all that the
-- rates have, in their order) and what became of each. Always a row; without a
-- part it has no year. At the end: is the last cohort told of? No row: no such
-- version of the policy; where there is no policy at all, the version is null.
-- $1 consortium, $2 the last year, or null: the last cohort that is told of, $3
-- the policy's version, or null: the one that holds, $4 how many cohorts back,
-- $5 how many to come
with asked as (
	select coalesce($2::integer, last_cohort_year()) as year,
		coalesce($3::integer, policy_at($1::uuid, now())) as version
), told as (
	select a.year, p.version, p.specialty_lists,
		coalesce((select h.small_group_least from policy h
			where h.consortium_id = $1::uuid and h.version
				= policy_at($1::uuid, now())), 11) as least
	from asked a
	left join policy p on p.consortium_id = $1::uuid
		and p.version = a.version
	where $3::integer is null or p.version is not null
), cut as (
	select s.year, s.school_id, s.specialty_code, s.graduates,
		s.n10 + s.n11 + s.n12 + s.n27 + s.n46 + s.n50 + s.n51 + s.n75
			+ s.n76 as employed,
		s.n80 + s.n85 as studying, s.local, s.answered, s.said_yes
	from told t
	join graduate_sum s on s.consortium_id = $1::uuid and s.proof = 0
		and s.year between t.year - $4::integer + 1
			and t.year + $5::integer
	union all
	select g.year, g.school_id, g.specialty_code, m.graduates,
		m.n10 + m.n11 + m.n12 + m.n27 + m.n46 + m.n50 + m.n51 + m.n75
			+ m.n76,
		m.n80 + m.n85, m.local, m.answered, m.said_yes
	from told t
	join graduate_count g on g.consortium_id = $1::uuid
		and g.year between t.year - $4::integer + 1
			and t.year + $5::integer
	cross join lateral graduate_measures(g.code, g.evidence, g.place,
		g.aligned_said, g.aligned_computed, 0, g.n) m
), part as (
	select c.year, c.school_id, c.specialty_code,
		sum(c.graduates) as graduates, sum(c.employed) as employed,
		sum(c.studying) as studying, sum(c.local) as local,
		sum(c.answered) as answered, sum(c.said_yes) as aligned
	from cut c
	group by 1, 2, 3
	having sum(c.graduates) > 0
)
select t.year, t.version, t.specialty_lists, t.least, a.year, a.school_id,
	h.name, a.specialty_code, n.name, specialty_level(a.specialty_code),
	a.graduates, a.employed + a.studying, a.employed, a.local, a.answered,
	a.aligned, a.studying,
	concat_ws('|', a.year, h.division_code, a.school_id,
		left(a.specialty_code, 4)),
	concat_ws('|', a.year, h.division_code, a.school_id,
		left(a.specialty_code, 2)),
	concat_ws('|', a.year, h.division_code, a.school_id),
	concat_ws('|', a.year, h.division_code),
	a.year::text,
	t.year <= last_cohort_year()
from told t
left join part a on true
left join school h on h.consortium_id = $1::uuid and h.id = a.school_id
left join specialty_node n on n.code = a.specialty_code
order by a.year, h.division_code collate "C", a.school_id,
	a.specialty_code collate "C"
