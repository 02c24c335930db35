-- What the three lists are drawn from, as records/specialty_list.h reads it, in
-- rows of four kinds: 0, the last cohort, the policy's version and terms, how
-- few are a small group, and whether the last cohort is told of; 1, the schools
-- in the order of the rates, numbered; 2, the specialties; 3, the smallest parts
-- of the last cohorts and of those to come (all that the rates have, in their
-- order) and what became of each. No row: no such version of the policy; where
-- there is no policy at all, the version is null.
-- $1 consortium, $2 the last year, or null: the last cohort that is told of, $3
-- the policy's version, or null: the one that holds, $4 how many cohorts back,
-- $5 how many to come
with asked as (
	select coalesce($2::integer, last_cohort_year()) as year,
		coalesce($3::integer, policy_at($1::uuid, now())) as version
), told as materialized (
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
	join graduate_total s on s.consortium_id = $1::uuid
		and s.cut = 'place' and s.proof = 0
		and s.year between t.year - $4::integer + 1
			and t.year + $5::integer
	union all
	select g.year, g.school_id, g.specialty_code, m.graduates::integer,
		(m.n10 + m.n11 + m.n12 + m.n27 + m.n46 + m.n50 + m.n51 + m.n75
			+ m.n76)::integer,
		(m.n80 + m.n85)::integer, m.local::integer,
		m.answered::integer, m.said_yes::integer
	from told t
	join graduate_count g on g.consortium_id = $1::uuid
		and g.year between t.year - $4::integer + 1
			and t.year + $5::integer
	cross join lateral graduate_measures(g.code, g.evidence, g.place,
		g.aligned_said, g.aligned_computed, 0, g.n) m
), place as materialized (
	select h.id, h.name, h.division_code, row_number() over (
			order by h.division_code collate "C", h.id)::integer
			as number
	from school h
	where h.consortium_id = $1::uuid
), part as materialized (
	select c.year, p.number as school, c.specialty_code collate "C" as code,
		sum(c.graduates) as graduates, sum(c.employed) as employed,
		sum(c.local) as local, sum(c.answered) as answered,
		sum(c.said_yes) as aligned, sum(c.studying) as studying
	from cut c
	join place p on p.id = c.school_id
	group by 1, 2, 3
	having sum(c.graduates) > 0
)
select r.*
from (
	select 3 as kind, a.year, a.school, a.code, a.graduates, a.employed,
		a.local, a.answered, a.aligned, a.studying, null as name,
		null::uuid as school_id, null as division_code,
		null::integer as version, null::jsonb as terms,
		null::integer as least, null::boolean as is_over
	from part a
	union all
	select 2, null, null, a.code, null, null, null, null, null, null,
		n.name, null, null, null, null, null, null
	from (select distinct x.code from part x) a
	left join specialty_node n on n.code = a.code
	union all
	select 1, null, p.number, null, null, null, null, null, null, null,
		p.name, p.id, p.division_code, null, null, null, null
	from place p
	union all
	select 0, t.year, null, null, null, null, null, null, null, null, null,
		null, null, t.version, t.specialty_lists, t.least,
		t.year <= last_cohort_year()
	from told t
) r
where exists (select from told)
order by r.kind, r.year, r.school, r.code
