-- Graduates of some cohorts, how many of them are placed (work or study) and
-- how many study on, as records/quadrant.h reads it: first the years (`about`),
-- then each level, each group of all schools, and each of one's own school.
-- $1 consortium, $2 school that owns or null, $3 last year or null: of the last
-- cohort that has graduated, $4 how many years, $5 how many digits of the code
with about as materialized (
	select x.last - $4::integer + 1 as first, x.last
	from (select coalesce($3::integer, next_cohort() - 1) as last) x
), cut as materialized (
	select s.school_id, s.specialty_code, s.graduates,
		s.n10 + s.n11 + s.n12 + s.n27 + s.n46 + s.n50 + s.n51 + s.n75
			+ s.n76 as employed, s.n80 + s.n85 as studying
	from about a
	join graduate_sum s on s.consortium_id = $1::uuid and s.proof = 0
		and s.year between a.first and a.last
	union all
	select c.school_id, c.specialty_code, m.graduates,
		m.n10 + m.n11 + m.n12 + m.n27 + m.n46 + m.n50 + m.n51 + m.n75
			+ m.n76, m.n80 + m.n85
	from about a
	join graduate_count c on c.consortium_id = $1::uuid
		and c.year between a.first and a.last
	cross join lateral graduate_measures(c.code, c.evidence, c.place,
		c.aligned_said, c.aligned_computed, 0, c.n) m
), line as (
	select 1 as part, specialty_level(c.specialty_code) as key,
		sum(c.graduates) as graduates,
		sum(c.employed + c.studying) as placed,
		sum(c.studying) as studying
	from cut c
	group by 2
	union all
	select 2, left(c.specialty_code, $5::integer), sum(c.graduates),
		sum(c.employed + c.studying), sum(c.studying)
	from cut c
	group by 2
	union all
	select 3, left(c.specialty_code, $5::integer), sum(c.graduates),
		sum(c.employed + c.studying), sum(c.studying)
	from cut c
	where c.school_id = $2::uuid
	group by 2
	union all
	select 0, null, a.first, a.last, coalesce((
		select p.small_group_least from policy p
		where p.consortium_id = $1::uuid
			and p.version = policy_at($1::uuid, now())), 11)
	from about a
)
select (array['about', 'level', 'group', 'own'])[l.part + 1], l.key, n.name,
	case when l.part > 1 then specialty_level(l.key) end, l.graduates,
	l.placed, l.studying
from line l
left join specialty_node n on n.code = l.key and l.part > 1
where l.part = 0 or l.graduates > 0
order by l.part, l.key
