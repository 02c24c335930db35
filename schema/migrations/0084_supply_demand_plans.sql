-- What supply and demand and the forecasts are read from, for large cities.

-- Since when each cohort is known.
create index graduate_fact_by_year on graduate_fact
	(consortium_id, year, from_at);

-- As 0071 has it; students of each specialty are summed at once, not by school
-- first.
create or replace function demand_members(p_consortium uuid, p_first integer,
	p_last integer)
returns table (cell text, specialty_code text, weight bigint, upto bigint,
	whole bigint)
language sql stable
begin atomic
	with supply as materialized (
		select g.year, g.specialty_code, sum(g.n) as n
		from (
			select s.year, s.specialty_code, s.graduates as n
			from graduate_total s
			where s.consortium_id = p_consortium
				and s.cut = 'place' and s.proof = 0
				and s.year between p_first and p_last
			union all
			select c.year, c.specialty_code, c.n
			from graduate_count c
			where c.consortium_id = p_consortium
				and c.year between p_first and p_last
		) g
		group by 1, 2
	), ever as materialized (
		select e.specialty_code, sum(e.students) as n
		from (
			select s.specialty_code, s.students
			from entrant_sum s
			where s.consortium_id = p_consortium
			union all
			select c.specialty_code, c.students
			from entrant_count c
			where c.consortium_id = p_consortium
		) e
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
