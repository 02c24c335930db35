-- Supply is read from the sums by school and specialty (0074), which tell less
-- apart than graduate_sum.
create or replace function supply_by_year(p_consortium uuid, p_first integer,
	p_last integer)
returns table (year smallint, specialty_code text, level text, school_id uuid,
	students integer)
language sql stable
begin atomic
	select g.year, g.specialty_code, specialty_level(g.specialty_code),
		g.school_id, sum(g.n)::integer
	from (
		select s.year, s.specialty_code, s.school_id, s.graduates as n
		from graduate_total s
		where s.consortium_id = p_consortium and s.cut = 'place'
			and s.proof = 0 and s.year between p_first and p_last
		union all
		select c.year, c.specialty_code, c.school_id, c.n
		from graduate_count c
		where c.consortium_id = p_consortium
			and c.year between p_first and p_last
	) g
	group by 1, 2, 4
	having sum(g.n) > 0;
end;

-- The same people by school and specialty, and of them who works, and who works
-- in the consortium's city: of the year's cohort, whatever the proof.
create function cohorts_by_place(p_consortium uuid, p_first integer,
	p_last integer)
returns table (year smallint, school_id uuid, specialty_code text,
	students bigint, employed bigint, local bigint)
language sql stable
begin atomic
	select s.year, s.school_id, s.specialty_code, s.graduates::bigint,
		(s.n10 + s.n11 + s.n12 + s.n27 + s.n46 + s.n50 + s.n51 + s.n75
			+ s.n76)::bigint, s.local::bigint
	from graduate_total s
	where s.consortium_id = p_consortium and s.cut = 'place'
		and s.proof = 0 and s.year between p_first and p_last
	union all
	select c.year, c.school_id, c.specialty_code, m.graduates,
		m.n10 + m.n11 + m.n12 + m.n27 + m.n46 + m.n50 + m.n51 + m.n75
			+ m.n76, m.local
	from graduate_count c
	cross join lateral graduate_measures(c.code, c.evidence, c.place,
		c.aligned_said, c.aligned_computed, 0, c.n) m
	where c.consortium_id = p_consortium
		and c.year between p_first and p_last;
end;
