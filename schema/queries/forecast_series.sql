-- What forecasts are made from, as records/forecasts.h reads it: by specialty,
-- class or category, and by year, the earlier first. First, without a code, the
-- first cohort to come and the years from which demand is told; then, without a
-- code either, what names no specialty.
-- there and lost, with one, two and three years to go: how many of a cohort
-- that graduated were there, and how many of them left after that; only where
-- both the cohort and the school were known then.
-- $1 consortium, $2 school that owns or null, $3 how many digits of the code
with about as materialized (
	select n.first, n.first - 6 as oldest, n.first + 2 as last,
		d.first as demand_first, d.last as demand_last
	from (select next_cohort() as first) n
	cross join demand_years($1::uuid) d
), known as materialized (
	-- since when a past cohort was, and how it stood when those to come
	-- have as many years to go as they have now
	select y.year, (select min(f.from_at) from graduate_fact f
			where f.consortium_id = $1::uuid and f.year = y.year)
			as since,
		now() - make_interval(years => a.first - y.year) as one,
		now() - make_interval(years => a.first + 1 - y.year) as two,
		now() - make_interval(years => a.first + 2 - y.year) as three
	from about a, generate_series(a.oldest, a.first - 1) as y (year)
), cohort as (
	select s.year, left(s.specialty_code, $3::integer) as code,
		s.students, k.since < k.one and h.created_at < k.one as one,
		k.since < k.two and h.created_at < k.two as two,
		k.since < k.three and h.created_at < k.three as three
	from about a
	cross join lateral supply_by_year($1::uuid, a.oldest, a.last) s
	join school h on h.consortium_id = $1::uuid and h.id = s.school_id
	left join known k on k.year = s.year
	where $2::uuid is null or s.school_id = $2::uuid
), left_early as (
	select l.year, left(l.specialty_code, $3::integer) as code,
		l.at > k.one and k.since < k.one and h.created_at < k.one
			as one,
		l.at > k.two and k.since < k.two and h.created_at < k.two
			as two,
		l.at > k.three and k.since < k.three and h.created_at < k.three
			as three
	from known k
	join student_leaving l on l.consortium_id = $1::uuid
		and l.year = k.year
	join school h on h.consortium_id = $1::uuid and h.id = l.school_id
	where $2::uuid is null or l.school_id = $2::uuid
), asked as (
	-- openings of work, and those of lists, of each node
	select d.year, d.node, d.education, sum(d.share) filter (
			where d.source <> 'demand-list')::bigint as work,
		sum(d.share) filter (where d.source = 'demand-list')::bigint
			as listed
	from about a
	cross join lateral (
		select s.year, s.node, s.education, s.source, s.share
		from demand_sum s
		where s.consortium_id = $1::uuid and s.source <> 'internship'
			and s.year between coalesce(a.demand_first, a.first)
				and a.last
		union all
		select c.year, c.node, c.education, c.source, c.share
		from demand_count c
		where c.consortium_id = $1::uuid and c.source <> 'internship'
			and c.year between coalesce(a.demand_first, a.first)
				and a.last
	) d
	group by 1, 2, 3
), demand as (
	-- split as demand_by_year does; null: what names no specialty
	select d.year, left(coalesce(m.specialty_code,
			case when length(d.node) = 6 then d.node end),
			$3::integer) as code,
		sum(demand_part(d.work, m.weight, m.upto, m.whole)) as work,
		sum(demand_part(d.listed, m.weight, m.upto, m.whole))
			as listed
	from asked d
	left join demand_members($1::uuid, 0, 9999) m
		on length(d.node) <> 6
		and m.cell = demand_cell(d.year::smallint, d.node, d.education)
	group by 1, 2
), cell as (
	select c.code, c.year, sum(c.students) as students,
		sum(c.students) filter (where c.one) as there_1,
		sum(c.students) filter (where c.two) as there_2,
		sum(c.students) filter (where c.three) as there_3,
		0 as lost_1, 0 as lost_2, 0 as lost_3, 0 as work, 0 as listed
	from cohort c
	group by 1, 2
	union all
	select l.code, l.year, 0, count(*) filter (where l.one),
		count(*) filter (where l.two), count(*) filter (where l.three),
		count(*) filter (where l.one), count(*) filter (where l.two),
		count(*) filter (where l.three), 0, 0
	from left_early l
	group by 1, 2
	union all
	select d.code, d.year, 0, 0, 0, 0, 0, 0, 0, d.work, d.listed
	from demand d
), line as (
	select c.code, c.year, sum(c.students) as students,
		sum(c.there_1) as there_1, sum(c.there_2) as there_2,
		sum(c.there_3) as there_3, sum(c.lost_1) as lost_1,
		sum(c.lost_2) as lost_2, sum(c.lost_3) as lost_3,
		sum(c.work) as work, sum(c.listed) as listed
	from cell c
	group by 1, 2
)
select r.code, n.name, specialty_level(r.code), r.year, r.students, r.there_1,
	r.there_2, r.there_3, r.lost_1, r.lost_2, r.lost_3, r.work, r.listed
from (
	select 0 as part, null as code, a.first as year,
		a.demand_first as students, a.demand_last as there_1,
		0 as there_2, 0 as there_3, 0 as lost_1, 0 as lost_2,
		0 as lost_3, 0 as work, 0 as listed
	from about a
	union all
	select 1, l.* from line l
) r
left join specialty_node n on n.code = r.code
order by r.part, r.code nulls first, r.year
