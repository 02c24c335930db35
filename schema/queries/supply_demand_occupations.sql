-- What is asked for by occupation, as records/supply_demand.h reads it:
-- postings whole, without people. '' is who names none.
-- $1 consortium, $2 first and $3 last year, $4 specialty, class or category to
-- which it is open, $5 level, $6 division of the work, each or null, $7 how
-- many at most
with member as materialized (
	select * from demand_members($1::uuid, $2::integer, $3::integer)
), asked as materialized (
	select p.id, p.year, p.kind, p.division_code, p.occupation_code,
		p.cells, p.openings, p.pay_fen, p.is_open
	from asked_posting p
	where p.consortium_id = $1::uuid
		and p.year between $2::integer and $3::integer
), door as (
	select distinct c.cell
	from (select distinct unnest(a.cells) as cell from asked a) c
	left join member m on m.cell = c.cell
	cross join lateral (select coalesce(m.specialty_code,
		cell_specialty(c.cell)) as specialty) t
	where ($4::text is null or starts_with(t.specialty, $4::text))
		and ($5::text is null
			or specialty_level(t.specialty) = $5::text)
), counted as (
	select coalesce(a.occupation_code, '') as code, a.year,
		sum(a.openings) filter (where a.kind = 'job') as job,
		sum(a.openings) filter (where a.kind = 'apprenticeship')
			as apprenticeship,
		sum(a.openings) filter (where a.kind = 'order_class')
			as order_class,
		sum(a.openings) filter (where a.kind = 'internship')
			as internship,
		sum(a.openings) filter (where a.kind <> 'internship'
			and a.is_open) as work_now,
		sum(a.openings) filter (where a.kind = 'internship'
			and a.is_open) as internship_now,
		count(a.pay_fen) filter (where a.kind <> 'internship')
			as postings,
		percentile_disc(0.5) within group (order by a.pay_fen)
			filter (where a.kind <> 'internship') as median
	from asked a
	where ($6::text is null or a.division_code = $6::text)
		and ($4::text is null and $5::text is null or exists (
			select from door d where d.cell = any (a.cells)))
	group by 1, 2
), paid_all as (
	select a.year, percentile_disc(0.5) within group (order by a.pay_fen)
			as median
	from asked a
	where a.kind <> 'internship'
	group by 1
)
select c.code, c.year, null, null, null, null, null, nullif(c.code, ''),
	o.name, c.code = '', null, null, null, null, null, null,
	1000 * c.job, 1000 * c.apprenticeship, 1000 * c.order_class,
	1000 * c.internship, null, 1000 * c.work_now, 1000 * c.internship_now,
	coalesce(c.job, 0) + coalesce(c.apprenticeship, 0)
		+ coalesce(c.order_class, 0),
	c.postings, c.median, l.median, null, null, null
from counted c
left join paid_all l on l.year = c.year
left join occupation o on o.code = c.code
order by 1, 2
limit $7::integer
