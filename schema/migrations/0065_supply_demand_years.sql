-- Supply and demand by year and specialty, read from the counts
-- (docs/supply-demand.md).

-- Students by the year in which they are to graduate, or did; without those
-- who left.
create function supply_by_year(p_consortium uuid, p_first integer,
	p_last integer)
returns table (year smallint, specialty_code text, level text, school_id uuid,
	students integer)
language sql stable
begin atomic
	select g.year, g.specialty_code, specialty_level(g.specialty_code),
		g.school_id, sum(g.n)::integer
	from (
		select s.year, s.specialty_code, s.school_id, s.graduates as n
		from graduate_sum s
		where s.consortium_id = p_consortium and s.proof = 0
			and s.year between p_first and p_last
		union all
		select c.year, c.specialty_code, c.school_id, c.n
		from graduate_count c
		where c.consortium_id = p_consortium
			and c.year between p_first and p_last
	) g
	group by 1, 2, 4
	having sum(g.n) > 0;
end;

-- Students by the year in which they entered: all of them, and without those
-- who left.
create function entrants_by_year(p_consortium uuid, p_first integer,
	p_last integer)
returns table (year smallint, specialty_code text, level text, school_id uuid,
	entrants integer, students integer)
language sql stable
begin atomic
	select g.year, g.specialty_code, specialty_level(g.specialty_code),
		g.school_id, sum(g.entrants)::integer,
		sum(g.students)::integer
	from (
		select s.year, s.specialty_code, s.school_id, s.entrants,
			s.students
		from entrant_sum s
		where s.consortium_id = p_consortium
			and s.year between p_first and p_last
		union all
		select c.year, c.specialty_code, c.school_id, c.entrants,
			c.students
		from entrant_count c
		where c.consortium_id = p_consortium
			and c.year between p_first and p_last
	) g
	group by 1, 2, 4
	having sum(g.entrants) > 0;
end;

-- What is asked for of each node, as demand_count has it.
create function demand_of_nodes(p_consortium uuid, p_first integer,
	p_last integer)
returns table (year smallint, source text, node text, education text,
	postings bigint, openings bigint, share bigint, postings_now bigint,
	openings_now bigint, share_now bigint)
language sql stable
begin atomic
	select g.year, g.source, g.node, g.education, sum(g.postings)::bigint,
		sum(g.openings)::bigint, sum(g.share)::bigint,
		sum(g.postings_now)::bigint, sum(g.openings_now)::bigint,
		sum(g.share_now)::bigint
	from (
		select s.year, s.source, s.node, s.education, s.postings,
			s.openings, s.share, s.postings_now, s.openings_now,
			s.share_now
		from demand_sum s
		where s.consortium_id = p_consortium
			and s.year between p_first and p_last
		union all
		select c.year, c.source, c.node, c.education, c.postings,
			c.openings, c.share, c.postings_now, c.openings_now,
			c.share_now
		from demand_count c
		where c.consortium_id = p_consortium
			and c.year between p_first and p_last
	) g
	group by 1, 2, 3, 4
	having sum(g.postings) > 0;
end;

-- Which specialties a node of several stands for.
create view node_specialty as
	select s.class_code as node, '' as education, s.code as specialty_code
	from specialty s
	where s.is_current
	union all
	select s.category_code, '', s.code
	from specialty s
	where s.is_current
	union all
	select x.occupation_code, e.education, x.specialty_code
	from specialty_occupation x
	cross join (values (''), ('secondary'), ('associate'), ('bachelor'))
		as e (education)
	where x.is_current and is_open_to(x.specialty_code, e.education);

-- What is asked for by the year of first publication, or of the list, and by
-- specialty; `unnamed` where nothing leads to one. openings: of everything that
-- is open to the specialty, whole, so that they do not add up; share:
-- thousandths of openings, split so that their sum is what was asked. What is
-- asked of a class, a category or an occupation is open to those of its
-- specialties that are taught here, or if none is to all, and is split among
-- them by the students of the year; if there are none, by those of all years;
-- if there are none either, equally. Each specialty has, in the order
-- of the codes, what all up to it have together, rounded down, less what those
-- before it have: less than a thousandth from its exact part.
create function demand_by_year(p_consortium uuid, p_first integer,
	p_last integer)
returns table (year smallint, specialty_code text, source text,
	openings_open bigint, openings_share bigint, open_now bigint,
	share_now bigint, postings bigint, postings_now bigint)
language sql stable
begin atomic
	with cell as materialized (
		select * from demand_of_nodes(p_consortium, p_first, p_last)
	), supply as materialized (
		select s.year, s.specialty_code, sum(s.graduates) as n
		from (
			select g.year, g.specialty_code, g.graduates
			from graduate_sum g
			where g.consortium_id = p_consortium and g.proof = 0
			union all
			select c.year, c.specialty_code, c.n
			from graduate_count c
			where c.consortium_id = p_consortium
		) s
		group by 1, 2
	), ever as materialized (
		select s.specialty_code, sum(s.n) as n from supply s group by 1
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
		from (select distinct c.year, c.node, c.education from cell c
			where length(c.node) <> 6) k
		join member m on m.node = k.node
			and m.education = k.education
			and (m.n > 0 or m.is_taught is not true)
		left join supply y on y.year = k.year
			and y.specialty_code = m.specialty_code
	), weighed as materialized (
		select w.year, w.node, w.education, w.specialty_code,
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
				order by w.specialty_code)
	)
	select c.year, coalesce(w.specialty_code, case when length(c.node) = 6
			then c.node else 'unnamed' end), c.source,
		sum(c.openings)::bigint,
		sum(case when w.whole is null then c.share
			else c.share * w.upto / w.whole
			- c.share * (w.upto - w.weight) / w.whole end)::bigint,
		sum(c.openings_now)::bigint,
		sum(case when w.whole is null then c.share_now
			else c.share_now * w.upto / w.whole
			- c.share_now * (w.upto - w.weight) / w.whole
			end)::bigint,
		sum(c.postings)::bigint, sum(c.postings_now)::bigint
	from cell c
	left join weighed w on w.year = c.year and w.node = c.node
		and w.education = c.education
	group by 1, 2, 3;
end;
