-- What statistics by specialty are read from, in less time.

-- As 0001 has it; null is none of its cases, so that it need not be strict,
-- and one that is not is put into the statement.
create or replace function specialty_level(code text) returns text
language sql immutable parallel safe
return case
	when code ~ '^(6[1-9]|7[0-9])' then 'secondary'
	when code ~ '^(4[1-9]|5[0-9])' then 'associate'
	when code ~ '^(2[1-9]|3[0-9])' then 'bachelor'
end;

-- As 0084 has it; what is summed fits an integer, and codes are put in order by
-- their bytes.
create or replace function demand_members(p_consortium uuid, p_first integer,
	p_last integer)
returns table (cell text, specialty_code text, weight bigint, upto bigint,
	whole bigint)
language sql stable
begin atomic
	with supply as materialized (
		select g.year, g.specialty_code, sum(g.n)::integer as n
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
		select e.specialty_code, sum(e.students)::integer as n
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
			coalesce(e.n, 0) as n,
			sum(e.n) over (partition by n.node collate "C",
				n.education collate "C") > 0 as is_taught
		from node_specialty n
		left join ever e on e.specialty_code = n.specialty_code
	), wide as materialized (
		select k.year, k.node, k.education, m.specialty_code,
			coalesce(y.n, 0) as n, m.n as n_ever
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
			else 1 end::bigint as weight,
		case when sum(w.n) over node > 0
			then sum(w.n) over so_far
			when sum(w.n_ever) over node > 0
			then sum(w.n_ever) over so_far
			else count(*) over so_far end as upto,
		case when sum(w.n) over node > 0
			then sum(w.n) over node
			when sum(w.n_ever) over node > 0
			then sum(w.n_ever) over node
			else count(*) over node end as whole
	from wide w
	window node as (partition by w.year, w.node collate "C",
			w.education collate "C"),
		so_far as (partition by w.year, w.node collate "C",
			w.education collate "C"
			order by w.specialty_code collate "C");
end;
