-- Supply and demand by what is asked for, as records/supply_demand.h reads it.
-- People are where their school is, openings where the work is. Openings are in
-- thousandths, split as demand_by_year does. Groups that differ in their year
-- alone stand behind each other, the earlier first. Of $3, the year to compare
-- with, seats are not counted. key: group, year and district in one number.
-- Planned anew: a plan that suits all years and groups suits none.
-- $1 consortium, $2 school that owns or null, $3 first and $4 last year, $5
-- school of the people, $6 specialty, class or category, $7 level, $8 division,
-- each or null, $9 the dimensions, $10 how many at most
with ask as (
	select 'district' = any($9::text[]) as by_district,
		'level' = any($9::text[]) as by_level,
		case when 'specialty' = any($9::text[]) then 6
			when 'class' = any($9::text[]) then 4
			when 'category' = any($9::text[]) then 2 end as digits,
		'district' = any($9::text[]) or $8::text is not null
			as is_placed,
		$6::text is not null or $7::text is not null
			or $9::text[] && array['level', 'specialty', 'class',
				'category'] as is_narrow
), wanted as materialized (
	-- which group each specialty is in; '-': what is unnamed
	select s.code as specialty, s.level as of_level, g.level, g.code,
		dense_rank() over (order by g.level, g.code) * 10000000000
			as gid
	from ask a
	cross join (select code, level from specialty
		union all select '-', '-') s
	cross join lateral (select
		case when a.by_level then s.level end as level,
		left(s.code, a.digits) as code) g
	where ($6::text is null or starts_with(s.code, $6::text))
		and ($7::text is null or s.level = $7::text)
), member as materialized (
	select * from demand_members($1::uuid, $3::integer, $4::integer)
), node as materialized (
	select n.*, demand_cell(n.year, n.node, n.education) as cell
	from demand_of_nodes($1::uuid, $3::integer, $4::integer) n
), place as materialized (
	select h.id, case when a.by_district then h.division_code::bigint
			else 0 end as district
	from ask a
	cross join school h
	where h.consortium_id = $1::uuid
		and ($2::uuid is null or h.id = $2::uuid)
		and ($5::uuid is null or h.id = $5::uuid)
		and ($8::text is null or h.division_code = $8::text)
), cell as (
	select n.year, null as district, n.source, n.cell, n.openings,
		n.share, n.share_now
	from ask a
	cross join node n
	where not a.is_placed
	union all
	select p.year, p.division_code, p.kind, n.cell, p.openings, t.share,
		case when p.is_open then t.share else 0 end
	from ask a
	cross join asked_posting p
	cross join lateral unnest(p.cells) with ordinality as n (cell, k)
	cross join lateral (select (p.openings * 1000
			/ cardinality(p.cells) + (n.k <= p.openings * 1000
			% cardinality(p.cells))::integer)::bigint as share) t
	where a.is_placed and p.consortium_id = $1::uuid
		and p.year between $3::integer and $4::integer
	union all
	select (e.entry).year, f.division_code, (e.entry).source,
		demand_cell((e.entry).year, (e.entry).node, ''),
		(e.entry).openings, (e.entry).share, 0
	from ask a
	cross join (select d.enterprise_id, demand_of_entry(d) as entry
		from demand d where d.consortium_id = $1::uuid
			and d.year between $3::integer and $4::integer) e
	join enterprise f on f.consortium_id = $1::uuid
		and f.id = e.enterprise_id
	where a.is_placed
), asked as (
	select c.year, case when a.by_district then c.district::bigint
			else 0 end as district, c.source, c.cell, cell_specialty(c.cell) as named,
		sum(c.openings)::bigint as openings,
		sum(c.share)::bigint as share,
		sum(c.share_now)::bigint as share_now
	from ask a
	cross join cell c
	where $8::text is null or c.district = $8::text
	group by 1, 2, 3, 4
), line as (
	select p.year, h.district, p.specialty_code as specialty,
		'people' as source, p.students as n, p.employed, p.local,
		0::bigint as now, 0::bigint as whole
	from cohorts_by_place($1::uuid, $3::integer, $4::integer) p
	join place h on h.id = p.school_id
	union all
	select c.year, c.district, coalesce(m.specialty_code, c.named),
		c.source, demand_part(c.share, m.weight, m.upto, m.whole), 0,
		0, demand_part(c.share_now, m.weight, m.upto, m.whole),
		c.openings
	from asked c
	left join member m on m.cell = c.cell
), counted as (
	select w.gid + l.year * 1000000::bigint + l.district as key,
		sum(l.n) filter (where l.source = 'people') as students,
		sum(l.n) filter (where l.source = 'people'
			and w.of_level = 'secondary')
			as secondary,
		sum(l.n) filter (where l.source = 'people'
			and w.of_level = 'associate')
			as associate,
		sum(l.n) filter (where l.source = 'people'
			and w.of_level = 'bachelor')
			as bachelor,
		sum(l.employed) as employed, sum(l.local) as local,
		sum(l.n) filter (where l.source = 'job') as job,
		sum(l.n) filter (where l.source = 'apprenticeship')
			as apprenticeship,
		sum(l.n) filter (where l.source = 'order_class') as order_class,
		sum(l.n) filter (where l.source = 'internship') as internship,
		sum(l.n) filter (where l.source = 'demand-list') as listed,
		sum(l.now) filter (where l.source in ('job', 'apprenticeship',
			'order_class')) as work_now,
		sum(l.now) filter (where l.source = 'internship')
			as internship_now,
		sum(l.whole) filter (where l.source in ('job',
			'apprenticeship', 'order_class')) as whole
	from line l
	join wanted w on w.specialty = l.specialty
	group by 1
), priced as materialized (
	select p.id, p.year, p.division_code, p.pay_fen, p.cells
	from asked_posting p
	where p.consortium_id = $1::uuid and p.pay_fen is not null
		and p.kind <> 'internship'
		and p.year between $3::integer and $4::integer
), priced_here as (
	select p.id, p.pay_fen, p.cells, p.year * 1000000::bigint
			+ case when a.by_district
				then p.division_code::bigint else 0 end as rest
	from ask a
	cross join priced p
	where $8::text is null or p.division_code = $8::text
), door as materialized (
	-- the groups that each cell is open to
	select distinct c.cell, w.gid
	from (select distinct n.cell from node n) c
	left join member m on m.cell = c.cell
	join wanted w on w.specialty
		= coalesce(m.specialty_code, cell_specialty(c.cell))
), paid_to as (
	-- what a posting names is apart, so that no specialty is in it twice
	select d.gid + p.rest as key, p.pay_fen
	from ask a
	cross join priced_here p
	cross join unnest(p.cells) as n (cell)
	join door d on d.cell = n.cell
	where a.is_narrow and a.digits = 6
	union all
	select p.key, p.pay_fen
	from (
		select distinct p.id, d.gid + p.rest as key, p.pay_fen
		from ask a
		cross join priced_here p
		cross join unnest(p.cells) as n (cell)
		join door d on d.cell = n.cell
		where a.is_narrow and a.digits is distinct from 6
	) p
	union all
	select 10000000000 + p.rest, p.pay_fen
	from ask a
	cross join priced_here p
	where not a.is_narrow
), paid as (
	select t.key, count(*) as postings,
		percentile_disc(0.5) within group (order by t.pay_fen)
			as median
	from paid_to t
	group by t.key
), paid_all as (
	select p.year, percentile_disc(0.5) within group (order by p.pay_fen)
			as median
	from priced p
	group by 1
), taken as (
	select w.gid + s.year * 1000000::bigint + h.district as key,
		count(*) filter (where s.kind <> 'internship') as seats,
		count(*) filter (where s.kind = 'internship') as internships,
		percentile_disc(0.5) within group (order by s.days) as days
	from filled_seat s
	join place h on h.id = s.school_id
	join wanted w on w.specialty = s.specialty_code
	where s.consortium_id = $1::uuid and s.year > $3::integer
		and s.year <= $4::integer
	group by 1
), title as (
	select distinct w.gid, w.level, w.code from wanted w
)
select concat_ws('|', d.code, w.level, w.code) as key, d.year, d.code, v.name,
	nullif(w.level, '-'), nullif(w.code, '-'), n.name, null, null,
	coalesce(w.level = '-' or w.code = '-', false), c.students,
	c.secondary, c.associate, c.bachelor, c.employed, c.local, c.job,
	c.apprenticeship, c.order_class, c.internship, c.listed, c.work_now,
	c.internship_now, case when a.digits = 6 then c.whole end, p.postings,
	p.median, l.median, t.seats, t.internships, t.days
from counted c
cross join lateral (select c.key / 1000000 % 10000 as year,
	nullif(lpad((c.key % 1000000)::text, 6, '0'), '000000') as code) d
join title w on w.gid = c.key - c.key % 10000000000
cross join ask a
left join paid p on p.key = c.key
left join paid_all l on l.year = d.year
left join taken t on t.key = c.key
left join division v on v.code = d.code
left join specialty_node n on n.code = w.code
order by 1, 2
limit $10::integer
