-- What is named of several specialties, as one table for all that reads it.

-- The specialties that each class, category and occupation which is asked for
-- in a year stands for, with what each is to have of it: upto - weight to upto
-- of whole (docs/supply-demand.md).
create function demand_members(p_consortium uuid, p_first integer,
	p_last integer)
returns table (cell text, specialty_code text, weight bigint, upto bigint,
	whole bigint)
language sql stable
begin atomic
	with supply as materialized (
		select s.year, s.specialty_code, sum(s.students) as n
		from supply_by_year(p_consortium, p_first, p_last) s
		group by 1, 2
	), ever as materialized (
		select e.specialty_code, sum(e.students) as n
		from entrants_by_year(p_consortium, 0, 9999) e
		group by 1
		having sum(e.students) > 0
	), member as materialized (
		select n.node, n.education, n.specialty_code,
			coalesce(e.n, 0)::bigint as n,
			sum(e.n) over (partition by n.node, n.education) > 0
				as is_taught
		from node_specialty n
		left join ever e on e.specialty_code = n.specialty_code
	), wide as materialized (
		select k.year, k.node, k.education, m.specialty_code,
			coalesce(y.n, 0)::bigint as n, m.n as n_ever
		from (select distinct c.year, c.node, c.education
			from demand_of_nodes(p_consortium, p_first, p_last) c
			where length(c.node) <> 6) k
		join member m on m.node = k.node
			and m.education = k.education
			and (m.n > 0 or m.is_taught is not true)
		left join supply y on y.year = k.year
			and y.specialty_code = m.specialty_code
	)
	select demand_cell(w.year, w.node, w.education), w.specialty_code,
		case when sum(w.n) over node > 0 then w.n
			when sum(w.n_ever) over node > 0 then w.n_ever
			else 1 end as weight,
		case when sum(w.n) over node > 0
			then sum(w.n) over so_far
			when sum(w.n_ever) over node > 0
			then sum(w.n_ever) over so_far
			else count(*) over so_far end::bigint as upto,
		case when sum(w.n) over node > 0
			then sum(w.n) over node
			when sum(w.n_ever) over node > 0
			then sum(w.n_ever) over node
			else count(*) over node end::bigint as whole
	from wide w
	window node as (partition by w.year, w.node, w.education),
		so_far as (partition by w.year, w.node, w.education
			order by w.specialty_code);
end;

-- The specialty that a cell names itself, or '-': it names several, or none.
create function cell_specialty(cell text) returns text
language sql immutable parallel safe
return case when cell ~ '^[0-9]+\|[0-9]{6}\|' then split_part(cell, '|', 2)
	else '-' end;

-- Which part of a number one of them has.
create function demand_part(n bigint, weight bigint, upto bigint, whole bigint)
returns bigint
language sql immutable parallel safe
return case when whole is null then n
	else n * upto / whole - n * (upto - weight) / whole end;

-- As 0065 has it.
create or replace function demand_by_year(p_consortium uuid, p_first integer,
	p_last integer)
returns table (year smallint, specialty_code text, source text,
	openings_open bigint, openings_share bigint, open_now bigint,
	share_now bigint, postings bigint, postings_now bigint)
language sql stable
begin atomic
	select c.year, coalesce(w.specialty_code, case when length(c.node) = 6
			then c.node else 'unnamed' end), c.source,
		sum(c.openings)::bigint,
		sum(demand_part(c.share, w.weight, w.upto, w.whole))::bigint,
		sum(c.openings_now)::bigint,
		sum(demand_part(c.share_now, w.weight, w.upto, w.whole))
			::bigint,
		sum(c.postings)::bigint, sum(c.postings_now)::bigint
	from demand_of_nodes(p_consortium, p_first, p_last) c
	left join demand_members(p_consortium, p_first, p_last) w
		on w.cell = demand_cell(c.year, c.node, c.education)
	group by 1, 2, 3;
end;
