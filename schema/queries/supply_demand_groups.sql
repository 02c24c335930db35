-- Supply and demand by what is asked for, as records/supply_demand.h reads it.
-- People are where their school is, openings where the work is. Openings are in
-- thousandths, split as demand_by_year does. Groups that differ in their year
-- alone stand behind each other, the earlier first. Of $3, the year to compare
-- with, seats are not counted. key: group, year and district in one number.
-- Planned anew: a plan that suits all years and groups suits none.
-- $1 consortium, $2 school that owns or null, $3 first and $4 last year, $5
-- school of the people, $6 specialty, class or category, $7 level, $8 division,
-- each or null, $9 the dimensions, $10 how many at most, $11 the narrowest that
-- $6, $7 and $9 name: `specialty`, `class`, `category`, `level` or `whole`
with place as materialized (
	select h.id, case when 'district' = any($9::text[])
			then h.division_code::bigint else 0 end as district
	from school h
	where h.consortium_id = $1::uuid
		and ($2::uuid is null or h.id = $2::uuid)
		and ($5::uuid is null or h.id = $5::uuid)
		and ($8::text is null or h.division_code = $8::text)
), ask as not materialized (
	select 'district' = any($9::text[]) as by_district,
		'level' = any($9::text[]) as by_level,
		case when 'specialty' = any($9::text[]) then 6
			when 'class' = any($9::text[]) then 4
			when 'category' = any($9::text[]) then 2 end as digits,
		-- what has as many digits lies within one group
		case $11::text when 'specialty' then 6 when 'class' then 4
			when 'category' then 2 else 0 end as cut_digits,
		$11::text <> 'whole' as is_narrow,
		'district' = any($9::text[]) or $8::text is not null
			as is_placed,
		-- divisions of pay_lists, and schools of seat_lists
		case when $8::text is not null then array[$8::text]
			when not 'district' = any($9::text[]) then array['']
			end as divisions,
		case when 'district' = any($9::text[]) or coalesce($2::text,
				$5::text, $8::text) is not null
			then array(select id from place)
			else array['00000000-0000-0000-0000-000000000000'
				::uuid] end as schools,
		group_number(case when 'level' = any($9::text[]) then '-' end,
			case when $9::text[] && array['specialty', 'class',
				'category'] then '-' end) as unnamed
), title as materialized (
	select distinct group_number(g.level, g.code) as number, g.level,
		g.code, case when a.cut_digits > 0
				then left(s.code, a.cut_digits)
			when $11::text = 'level' then s.level
			else '' end as scope
	from ask a
	cross join specialty s
	cross join lateral (select case when a.by_level then s.level end
			as level, left(s.code, a.digits) as code) g
	where ($6::text is null or starts_with(s.code, $6::text))
		and ($7::text is null or s.level = $7::text)
	union all
	select a.unnamed, case when a.by_level then '-' end,
		case when a.digits > 0 then '-' end, '-'
	from ask a
	where a.is_narrow and $6::text is null and $7::text is null
), member as materialized (
	select m.cell, m.weight, m.upto, m.whole,
		group_number(case when a.by_level then s.level end,
			left(s.code, a.digits)) as number,
		($6::text is null or starts_with(s.code, $6::text))
			and ($7::text is null or s.level = $7::text)
			as is_wanted
	from ask a
	cross join lateral demand_members_above($1::uuid, $3::integer,
		$4::integer, a.cut_digits) m
	join specialty s on s.code = m.specialty_code
	where a.is_narrow
), alive as materialized (
	-- classes and categories that have specialties
	select distinct n.node
	from ask a
	cross join node_specialty n
	where a.is_narrow and n.node ~ '^[0-9]{2,4}$'
), cell as (
	select p.year, p.division_code, p.kind as source, n.cell, p.openings,
		t.share, case when p.is_open then t.share else 0 end as share_now
	from ask a
	cross join asked_posting p
	cross join lateral unnest(p.cells) with ordinality as n (cell, k)
	cross join lateral (select (p.openings * 1000
			/ cardinality(p.cells) + (n.k <= p.openings * 1000
			% cardinality(p.cells))::integer)::bigint as share) t
	where a.is_placed and a.is_narrow and p.consortium_id = $1::uuid
		and p.year between $3::integer and $4::integer
		and ($8::text is null or p.division_code = $8::text)
	union all
	select d.year::smallint, f.division_code, 'demand-list', demand_cell(
			d.year::smallint, (demand_of_entry(d)).node, ''),
		d.openings, d.openings * 1000, 0
	from ask a
	cross join demand d
	join enterprise f on f.consortium_id = $1::uuid
		and f.id = d.enterprise_id
	where a.is_placed and a.is_narrow and d.consortium_id = $1::uuid
		and d.year between $3::integer and $4::integer
		and ($8::text is null or f.division_code = $8::text)
), asked as materialized (
	select n.year, 0::bigint as district, n.source, n.node, n.education,
		n.openings, n.share, n.share_now
	from ask a
	cross join demand_of_nodes($1::uuid, $3::integer, $4::integer) n
	where a.is_narrow and not a.is_placed
	union all
	select c.year, case when a.by_district then c.division_code::bigint
			else 0 end, c.source, split_part(c.cell, '|', 2),
		split_part(c.cell, '|', 3), total(c.openings), total(c.share),
		total(c.share_now)
	from ask a
	cross join cell c
	group by c.year, 2, c.source, c.cell
), part as (
	-- what names a specialty; a class or category in a group; others
	select group_number(case when a.by_level then s.level end,
			left(s.code, a.digits)) as number, c.year, c.district,
		c.source, c.share, c.share_now, c.openings
	from ask a
	cross join asked c
	join specialty s on s.code = c.node
	where ($6::text is null or starts_with(s.code, $6::text))
		and ($7::text is null or s.level = $7::text)
	union all
	select group_number(case when a.by_level
			then specialty_level(c.node) end,
			left(c.node, a.digits)), c.year, c.district, c.source,
		c.share, c.share_now, c.openings
	from ask a
	cross join asked c
	join alive n on n.node = c.node
	where length(c.node) >= a.cut_digits
		and ($6::text is null or starts_with(c.node, $6::text))
		and ($7::text is null or specialty_level(c.node) = $7::text)
	union all
	select coalesce(m.number, a.unnamed), c.year, c.district, c.source,
		demand_part(c.share, m.weight, m.upto, m.whole),
		demand_part(c.share_now, m.weight, m.upto, m.whole), c.openings
	from ask a
	cross join asked c
	left join member m
		on m.cell = demand_cell(c.year, c.node, c.education)
	where length(c.node) <> 6
		and not (length(c.node) >= a.cut_digits
			and c.node in (select n.node from alive n))
		and (m.is_wanted or m.cell is null
			and $6::text is null and $7::text is null)
	union all
	select a.unnamed, n.year, 0, n.source, n.share, n.share_now, n.openings
	from ask a
	cross join demand_of_nodes($1::uuid, $3::integer, $4::integer) n
	where not a.is_narrow and not a.is_placed
	union all
	select a.unnamed, p.year, case when a.by_district
			then p.division_code::bigint else 0 end, p.kind,
		p.openings * 1000::bigint, case when p.is_open
			then p.openings * 1000::bigint else 0 end, p.openings
	from ask a
	cross join asked_posting p
	where a.is_placed and not a.is_narrow and p.consortium_id = $1::uuid
		and p.year between $3::integer and $4::integer
		and ($8::text is null or p.division_code = $8::text)
	union all
	select a.unnamed, d.year::smallint, case when a.by_district
			then f.division_code::bigint else 0 end,
		'demand-list', d.openings * 1000::bigint, 0, d.openings
	from ask a
	cross join demand d
	join enterprise f on f.consortium_id = $1::uuid
		and f.id = d.enterprise_id
	where a.is_placed and not a.is_narrow and d.consortium_id = $1::uuid
		and d.year between $3::integer and $4::integer
		and ($8::text is null or f.division_code = $8::text)
), demanded as (
	select p.number * 10000000000 + p.year * 1000000::bigint + p.district
			as key,
		total(p.share) filter (where p.source = 'job') as job,
		total(p.share) filter (where p.source = 'apprenticeship')
			as apprenticeship,
		total(p.share) filter (where p.source = 'order_class')
			as order_class,
		total(p.share) filter (where p.source = 'internship')
			as internship,
		total(p.share) filter (where p.source = 'demand-list')
			as listed,
		total(p.share_now) filter (where p.source in ('job',
			'apprenticeship', 'order_class')) as work_now,
		total(p.share_now) filter (where p.source = 'internship')
			as internship_now,
		total(p.openings) filter (where p.source in ('job',
			'apprenticeship', 'order_class')) as whole
	from part p
	group by 1
), people as (
	select group_number(case when a.by_level then s.level end,
			left(s.code, a.digits)) * 10000000000
			+ p.year * 1000000::bigint + h.district as key,
		total(p.students) as students,
		total(p.students) filter (where s.level = 'secondary')
			as secondary,
		total(p.students) filter (where s.level = 'associate')
			as associate,
		total(p.students) filter (where s.level = 'bachelor')
			as bachelor,
		total(p.employed) as employed, total(p.local) as local
	from ask a
	cross join cohorts_by_place($1::uuid, $3::integer, $4::integer) p
	join place h on h.id = p.school_id
	join specialty s on s.code = p.specialty_code
	where ($6::text is null or starts_with(s.code, $6::text))
		and ($7::text is null or s.level = $7::text)
	group by 1
), door as (
	-- the groups that each cell is open to which lies within none of them
	select distinct m.cell, m.number
	from member m
	where m.is_wanted
	union all
	select distinct demand_cell(n.year, n.node, n.education), a.unnamed
	from ask a
	cross join asked n
	where not n.node ~ '^[0-9]+$'
		and $6::text is null and $7::text is null
		and demand_cell(n.year, n.node, n.education)
			not in (select m.cell from member m)
), dead as materialized (
	-- classes and categories that are asked for and have no specialties
	select distinct n.year, demand_cell(n.year, n.node, n.education) as cell
	from asked n
	where n.node ~ '^[0-9]{2,4}$'
		and n.node not in (select v.node from alive v)
), astray as materialized (
	select distinct p.*
	from ask a
	cross join dead d
	cross join lateral (
		select p.id, p.year, p.cells, p.pay_fen, case when a.is_placed
			then p.division_code else '' end as division_code
		from asked_posting p
		where p.consortium_id = $1::uuid and p.year = d.year
			and d.cell = any (p.cells) and p.pay_fen is not null
			and p.kind <> 'internship'
			and ($8::text is null or p.division_code = $8::text)
		offset 0) p
), not_within as (
	-- what stands in a list and is open to nothing within it
	select p.division_code, p.year, s.scope,
		array_agg(~p.pay_fen) as changes
	from astray p
	cross join lateral demand_scopes(p.cells) s
	where s.cut = $11::text and not exists (select
		from unnest(p.cells) as c (cell)
		cross join lateral demand_scopes(array[c.cell]) x
		where x.cut = s.cut and x.scope = s.scope
			and c.cell not in (select d.cell from dead d))
	group by 1, 2, 3
), piece as (
	-- the lists of the pay of a group: what lies within, what is wider, and
	-- of the unnamed what names only what is dead
	select t.number, p.year, p.division_code, case when n.changes is null
			then p.pays else numbers_changed(p.pays, n.changes) end
			as pays
	from ask a
	cross join lateral pay_lists($1::uuid, $11::text, $3::integer,
		$4::integer, a.divisions) p
	join title t on t.scope = p.scope
	left join not_within n on n.division_code = p.division_code
		and n.year = p.year and n.scope = p.scope
	union all
	select d.number, p.year, p.division_code, p.pays
	from ask a
	cross join lateral pay_lists($1::uuid, 'wide', $3::integer, $4::integer,
		a.divisions) p
	join door d on d.cell = p.scope
	where a.is_narrow
	union all
	select t.number, p.year, p.division_code, array_agg(p.pay_fen)
	from astray p
	join title t on t.scope = '-'
	group by 1, 2, 3
), paid as materialized (
	select g.key, cardinality(g.pays) as postings, case when g.lists = 1
			then numbers_median(g.pays)
			else (select percentile_disc(0.5) within group
				(order by x) from unnest(g.pays) x) end
			as median
	from (
		select p.number * 10000000000 + p.year * 1000000::bigint
				+ case when a.by_district
				then p.division_code::bigint else 0 end as key,
			count(*) as lists, numbers_joined(p.pays) as pays
		from ask a
		cross join piece p
		group by 1) g
), paid_all as materialized (
	select p.year, numbers_median(p.pays) as median
	from pay_lists($1::uuid, 'whole', $3::integer, $4::integer, array[''])
		p
), taken as materialized (
	select g.key, g.seats, g.internships, case when g.lists = 1
			then numbers_median(g.days)
			else (select percentile_disc(0.5) within group
				(order by x) from unnest(g.days) x) end
			as days
	from (
		select t.number * 10000000000 + s.year * 1000000::bigint
				+ coalesce(h.district, 0) as key,
			total(s.seats) as seats, total(s.internships) as internships,
			count(*) as lists, numbers_joined(s.days) as days
		from ask a
		cross join lateral seat_lists($1::uuid, $11::text, $3::integer + 1,
			$4::integer, a.schools) s
		join title t on t.scope = s.scope
		left join place h on h.id = s.school_id
		group by 1) g
)
select concat_ws('|', d.code, t.level, t.code) as key, d.year, d.code, v.name,
	nullif(t.level, '-'), nullif(t.code, '-'), n.name, null, null,
	coalesce(t.level = '-' or t.code = '-', false), c.students,
	c.secondary, c.associate, c.bachelor, c.employed, c.local, b.job,
	b.apprenticeship, b.order_class, b.internship, b.listed, b.work_now,
	b.internship_now, case when a.digits = 6 then b.whole end,
	p.postings, p.median, l.median, s.seats, s.internships, s.days
from people c
full join demanded b on b.key = c.key
cross join lateral (select coalesce(c.key, b.key) as key) k
cross join ask a
cross join lateral (select k.key / 1000000 % 10000 as year, case
	when a.by_district then nullif(lpad((k.key % 1000000)::text, 6, '0'),
		'000000') end as code) d
join title t on t.number = k.key / 10000000000
left join paid p on p.key = k.key
left join paid_all l on l.year = d.year
left join taken s on s.key = k.key
left join division v on v.code = d.code
left join specialty_node n on n.code = t.code
order by 1, 2
limit $10::integer
