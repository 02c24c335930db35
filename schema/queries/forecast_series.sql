-- What forecasts are made from, as records/forecasts.h reads it: by specialty,
-- class or category, and by year, the earlier first. First, without a code, the
-- first cohort to come and the years from which demand is told; then, with an
-- empty one, what names no specialty; then of each code, as its year 0, what it
-- is called, and its years. Null is 0.
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
	-- n students; of who left, 1, who was there before he was lost
	select left(s.specialty_code, $3::integer) as code, s.year,
		s.students::integer as n, 0 as lost,
		k.since < k.one and h.created_at < k.one as one,
		k.since < k.two and h.created_at < k.two as two,
		k.since < k.three and h.created_at < k.three as three
	from about a
	cross join lateral cohorts_by_place($1::uuid, a.oldest, a.last) s
	join school h on h.consortium_id = $1::uuid and h.id = s.school_id
	left join known k on k.year = s.year
	where $2::uuid is null or s.school_id = $2::uuid
	union all
	select left(l.specialty_code, $3::integer), l.year, 1, 1,
		l.at > k.one and k.since < k.one and h.created_at < k.one,
		l.at > k.two and k.since < k.two and h.created_at < k.two,
		l.at > k.three and k.since < k.three and h.created_at < k.three
	from known k
	join student_leaving l on l.consortium_id = $1::uuid
		and l.year = k.year
	join school h on h.consortium_id = $1::uuid and h.id = l.school_id
	where $2::uuid is null or l.school_id = $2::uuid
), supply as (
	select c.code collate "C" as code, c.year, sum(c.n - c.lost) as students,
		sum(c.n) filter (where c.one) as there_1,
		sum(c.n) filter (where c.two) as there_2,
		sum(c.n) filter (where c.three) as there_3,
		sum(c.lost) filter (where c.one) as lost_1,
		sum(c.lost) filter (where c.two) as lost_2,
		sum(c.lost) filter (where c.three) as lost_3
	from cohort c
	group by 1, 2
	having sum(c.n) > 0
), asked as (
	-- openings of work, or those of lists
	select s.year, s.node, s.education, case when s.source <> 'demand-list'
			then s.share end as work,
		case when s.source = 'demand-list' then s.share end as listed
	from about a
	join demand_sum s on s.consortium_id = $1::uuid
		and s.year between coalesce(a.demand_first, a.first) and a.last
		and s.source <> 'internship'
	union all
	select c.year, c.node, c.education, case when c.source <> 'demand-list'
			then c.share end,
		case when c.source = 'demand-list' then c.share end
	from about a
	join demand_count c on c.consortium_id = $1::uuid
		and c.year between coalesce(a.demand_first, a.first) and a.last
		and c.source <> 'internship'
), part as (
	-- split as demand_by_year does; null: what names no specialty
	select left(d.node, $3::integer) as code, d.year, d.work, d.listed
	from asked d
	where length(d.node) = 6
	union all
	select left(m.specialty_code, $3::integer), d.year,
		demand_part(d.work, m.weight, m.upto, m.whole),
		demand_part(d.listed, m.weight, m.upto, m.whole)
	from (
		select d.year, d.node, d.education, sum(d.work)::bigint as work,
			sum(d.listed)::bigint as listed
		from asked d
		where length(d.node) <> 6
		group by 1, 2, 3
	) d
	left join demand_members($1::uuid, 0, 9999) m
		on m.cell = demand_cell(d.year, d.node, d.education)
), demand as (
	select p.code collate "C" as code, p.year, sum(p.work) as work,
		sum(p.listed) as listed
	from part p
	group by 1, 2
), told as materialized (
	select coalesce(s.code, d.code, '') as code,
		coalesce(s.year, d.year) as year, s.students, s.there_1,
		s.there_2, s.there_3, s.lost_1, s.lost_2, s.lost_3, d.work,
		d.listed
	from supply s
	full join demand d on d.code = s.code and d.year = s.year
)
select r.*
from (
	select null::text collate "C" as code, null as name, null as level,
		a.first as year, a.demand_first as students,
		a.demand_last as there_1, 0 as there_2, 0 as there_3,
		0 as lost_1, 0 as lost_2, 0 as lost_3, 0 as work, 0 as listed
	from about a
	union all
	select c.code, n.name, specialty_level(c.code), 0, 0, 0, 0, 0, 0, 0, 0,
		0, 0
	from (select distinct t.code from told t where t.code <> '') c
	left join specialty_node n on n.code = c.code
	union all
	select t.code, null, null, t.year, t.students, t.there_1, t.there_2,
		t.there_3, t.lost_1, t.lost_2, t.lost_3, t.work, t.listed
	from told t
) r
order by r.code nulls first, r.year
