-- Medians without a row each: what postings pay and how long seats took to be
-- filled, as lists of numbers for whatever is asked (docs/supply-demand.md).

-- Numbers after some changes, in order. A change is a number that comes, or
-- ~number where one goes; ~number stays where what goes has not come yet, for
-- changes are put together in any order.
create function numbers_changed(numbers integer[], changes integer[])
returns integer[]
language sql immutable parallel safe
begin atomic
	select coalesce(array_agg(case when c.n > 0 then c.v else ~c.v end
		order by c.v), '{}')
	from (
		select case when x < 0 then ~x else x end as v,
			sum(case when x < 0 then -1 else 1 end) as n
		from unnest(numbers || changes) as x
		group by 1
	) c
	cross join lateral generate_series(1, abs(c.n));
end;

-- The one in the middle, the lower of two.
create function numbers_median(numbers integer[]) returns integer
language sql immutable parallel safe
return numbers[(cardinality(numbers) + 1) / 2];

-- Lists, one behind the other.
create aggregate numbers_joined (integer[]) (
	sfunc = array_cat, stype = integer[]
);

-- A sum that stays the number that it sums.
create aggregate total (bigint) (
	sfunc = int8pl, stype = bigint, combinefunc = int8pl, parallel = safe
);

-- Everything that a specialty, class or category lies within, and itself.
create function specialty_scopes(code text)
returns table (cut text, scope text)
language sql immutable parallel safe
begin atomic
	select s.cut, left(code, s.digits)
	from (values ('specialty', 6), ('class', 4), ('category', 2))
		as s (cut, digits)
	where length(code) >= s.digits
	union all
	select 'level', specialty_level(code)
	union all
	select 'whole', '';
end;

-- The lists that the pay of a posting stands in, once each: of all that it
-- names, whatever that lies within; and as `wide` of each cell that names
-- several specialties, or none.
create function demand_scopes(cells text[])
returns table (cut text, scope text)
language sql immutable parallel safe
begin atomic
	select s.cut, s.scope
	from unnest(cells) as c (cell)
	cross join lateral specialty_scopes(split_part(c.cell, '|', 2)) s
	where split_part(c.cell, '|', 2) ~ '^[0-9]+$'
	union
	select 'wide', c.cell
	from unnest(cells) as c (cell)
	where cell_specialty(c.cell) = '-'
	union
	select 'whole', '';
end;

-- Changes of what postings of work pay: n is 1 or -1.
create table pay_count (
	consortium_id uuid not null,
	year smallint not null,
	division_code text not null,
	cells text[] not null,
	pay_fen integer not null,
	n smallint not null,
	id bigint generated always as identity (cache 32),
	primary key (consortium_id, id)
);
create index pay_count_by_year on pay_count (consortium_id, year);

-- The same, put together: the pay of each posting within a scope, in order.
-- division_code: of the work, or '': wherever it is.
create table pay_list (
	consortium_id uuid not null,
	cut text not null,
	division_code text not null,
	year smallint not null,
	scope text not null,
	pays integer[] not null,
	primary key (consortium_id, cut, division_code, year, scope)
);

-- Changes of which seats students took: n is 1 or -1.
create table seat_count (
	consortium_id uuid not null,
	year smallint not null,
	kind text not null,
	school_id uuid not null,
	specialty_code text not null,
	days integer not null,
	n smallint not null,
	id bigint generated always as identity (cache 32),
	primary key (consortium_id, id)
);
create index seat_count_by_year on seat_count (consortium_id, year);

-- The same, put together: seats of work and of internships that students of a
-- scope took, and the days that each of them took, in order. school_id: nil: of
-- all schools.
create table seat_list (
	consortium_id uuid not null,
	cut text not null,
	school_id uuid not null,
	year smallint not null,
	scope text not null,
	seats integer not null,
	internships integer not null,
	days integer[] not null,
	primary key (consortium_id, cut, school_id, year, scope)
);

-- ---- who counts them ----

-- AFTER a row of asked_posting is there, is changed or is gone.
create function asked_posting_paid() returns trigger
language plpgsql as $$
begin
	if old.pay_fen is not null and old.kind <> 'internship' then
		insert into pay_count (consortium_id, year, division_code,
			cells, pay_fen, n)
		values (old.consortium_id, old.year, old.division_code,
			old.cells, old.pay_fen, -1);
	end if;
	if new.pay_fen is not null and new.kind <> 'internship' then
		insert into pay_count (consortium_id, year, division_code,
			cells, pay_fen, n)
		values (new.consortium_id, new.year, new.division_code,
			new.cells, new.pay_fen, 1);
	end if;
	return null;
end;
$$;

create trigger paid after insert or delete on asked_posting
	for each row execute function asked_posting_paid();
create trigger paid_else after update on asked_posting
	for each row when ((old.year, old.kind, old.division_code, old.cells,
			old.pay_fen)
		is distinct from (new.year, new.kind, new.division_code,
			new.cells, new.pay_fen))
	execute function asked_posting_paid();

-- AFTER a statement that filled seats, or emptied them.
create function seats_counted() returns trigger
language plpgsql as $$
begin
	if tg_op <> 'INSERT' then
		insert into seat_count (consortium_id, year, kind, school_id,
			specialty_code, days, n)
		select g.consortium_id, g.year, g.kind, g.school_id,
			g.specialty_code, g.days, -1
		from gone g;
	end if;
	if tg_op <> 'DELETE' then
		insert into seat_count (consortium_id, year, kind, school_id,
			specialty_code, days, n)
		select m.consortium_id, m.year, m.kind, m.school_id,
			m.specialty_code, m.days, 1
		from made m;
	end if;
	return null;
end;
$$;

create trigger counted_new after insert on filled_seat
	referencing new table as made
	for each statement execute function seats_counted();
create trigger counted after update on filled_seat
	referencing old table as gone new table as made
	for each statement execute function seats_counted();
create trigger counted_no_more after delete on filled_seat
	referencing old table as gone
	for each statement execute function seats_counted();

-- ---- folding ----

-- Puts changes of pay together; how many it took.
create function fold_pay_counts(p_most integer) returns bigint
language sql
begin atomic
	with taken as materialized (
		select x.ctid as at from pay_count x limit p_most
		for update skip locked
	), gone as (
		delete from pay_count c
		where c.ctid = any (array(select at from taken))
		returning c.*
	), folded as (
		insert into pay_list as t
		select g.consortium_id, s.cut, d.division_code, g.year,
			s.scope, numbers_changed('{}', array_agg(
				case when g.n > 0 then g.pay_fen
				else ~g.pay_fen end))
		from gone g
		cross join lateral demand_scopes(g.cells) s
		cross join lateral (values (''), (g.division_code))
			as d (division_code)
		group by 1, 2, 3, 4, 5
		order by 1, 2, 3, 4, 5
		on conflict (consortium_id, cut, division_code, year, scope)
		do update set pays = numbers_changed(t.pays, excluded.pays)
		returning 1
	)
	select count(*) from gone;
end;

-- Puts changes of seats together; how many it took.
create function fold_seat_counts(p_most integer) returns bigint
language sql
begin atomic
	with taken as materialized (
		select x.ctid as at from seat_count x limit p_most
		for update skip locked
	), gone as (
		delete from seat_count c
		where c.ctid = any (array(select at from taken))
		returning c.*
	), folded as (
		insert into seat_list as t
		select g.consortium_id, s.cut, h.school_id, g.year, s.scope,
			coalesce(sum(g.n) filter (
				where g.kind <> 'internship'), 0),
			coalesce(sum(g.n) filter (
				where g.kind = 'internship'), 0),
			numbers_changed('{}', array_agg(
				case when g.n > 0 then g.days
				else ~g.days end))
		from gone g
		cross join lateral specialty_scopes(g.specialty_code) s
		cross join lateral (values (g.school_id),
			('00000000-0000-0000-0000-000000000000'))
			as h (school_id)
		group by 1, 2, 3, 4, 5
		order by 1, 2, 3, 4, 5
		on conflict (consortium_id, cut, school_id, year, scope)
		do update set seats = t.seats + excluded.seats,
			internships = t.internships + excluded.internships,
			days = numbers_changed(t.days, excluded.days)
		returning 1
	)
	select count(*) from gone;
end;

-- ---- reading ----

-- What postings pay in each scope of a cut: of the divisions that are named
-- ('': wherever), or of each if none is.
create function pay_lists(p_consortium uuid, p_cut text, p_first integer,
	p_last integer, p_divisions text[])
returns table (division_code text, year smallint, scope text, pays integer[])
language sql stable
begin atomic
	select coalesce(l.division_code, c.division_code),
		coalesce(l.year, c.year), coalesce(l.scope, c.scope),
		case when c.changes is null then l.pays
			else numbers_changed(l.pays, c.changes) end
	from (
		select x.division_code, x.year, x.scope, x.pays
		from pay_list x
		where x.consortium_id = p_consortium and x.cut = p_cut
			and (x.division_code = any (p_divisions)
				or p_divisions is null
				and x.division_code <> '')
			and x.year between p_first and p_last
	) l
	full join (
		select d.division_code, x.year, s.scope, array_agg(
			case when x.n > 0 then x.pay_fen
			else ~x.pay_fen end) as changes
		from pay_count x
		cross join lateral demand_scopes(x.cells) s
		cross join lateral (values (''), (x.division_code))
			as d (division_code)
		where x.consortium_id = p_consortium and s.cut = p_cut
			and (d.division_code = any (p_divisions)
				or p_divisions is null
				and d.division_code <> '')
			and x.year between p_first and p_last
		group by 1, 2, 3
	) c on c.division_code = l.division_code and c.year = l.year
		and c.scope = l.scope;
end;

-- Seats that students of each scope of a cut took: of the schools that are
-- named; the nil id is all of them together.
create function seat_lists(p_consortium uuid, p_cut text, p_first integer,
	p_last integer, p_schools uuid[])
returns table (school_id uuid, year smallint, scope text, seats bigint,
	internships bigint, days integer[])
language sql stable
begin atomic
	select coalesce(l.school_id, c.school_id), coalesce(l.year, c.year),
		coalesce(l.scope, c.scope),
		coalesce(l.seats, 0) + coalesce(c.seats, 0),
		coalesce(l.internships, 0) + coalesce(c.internships, 0),
		case when c.changes is null then l.days
			else numbers_changed(l.days, c.changes) end
	from (
		select x.school_id, x.year, x.scope, x.seats, x.internships,
			x.days
		from seat_list x
		where x.consortium_id = p_consortium and x.cut = p_cut
			and x.school_id = any (p_schools)
			and x.year between p_first and p_last
	) l
	full join (
		select h.school_id, x.year, s.scope, sum(x.n) filter (
				where x.kind <> 'internship') as seats,
			sum(x.n) filter (where x.kind = 'internship')
				as internships,
			array_agg(case when x.n > 0 then x.days
				else ~x.days end) as changes
		from seat_count x
		cross join lateral specialty_scopes(x.specialty_code) s
		cross join lateral (values (x.school_id),
			('00000000-0000-0000-0000-000000000000'))
			as h (school_id)
		where x.consortium_id = p_consortium and s.cut = p_cut
			and h.school_id = any (p_schools)
			and x.year between p_first and p_last
		group by 1, 2, 3
	) c on c.school_id = l.school_id and c.year = l.year
		and c.scope = l.scope;
end;

-- As 0065 has it; what is put together already is not summed again.
create or replace function demand_of_nodes(p_consortium uuid, p_first integer,
	p_last integer)
returns table (year smallint, source text, node text, education text,
	postings bigint, openings bigint, share bigint, postings_now bigint,
	openings_now bigint, share_now bigint)
language sql stable
begin atomic
	select coalesce(s.year, c.year), coalesce(s.source, c.source),
		coalesce(s.node, c.node), coalesce(s.education, c.education),
		coalesce(s.postings, 0) + coalesce(c.postings, 0),
		coalesce(s.openings, 0) + coalesce(c.openings, 0),
		coalesce(s.share, 0) + coalesce(c.share, 0),
		coalesce(s.postings_now, 0) + coalesce(c.postings_now, 0),
		coalesce(s.openings_now, 0) + coalesce(c.openings_now, 0),
		coalesce(s.share_now, 0) + coalesce(c.share_now, 0)
	from (
		select x.year, x.source, x.node, x.education, x.postings,
			x.openings, x.share, x.postings_now, x.openings_now,
			x.share_now
		from demand_sum x
		where x.consortium_id = p_consortium
			and x.year between p_first and p_last
	) s
	full join (
		select x.year, x.source, x.node, x.education,
			sum(x.postings) as postings,
			total(x.openings) as openings, total(x.share) as share,
			sum(x.postings_now) as postings_now,
			total(x.openings_now) as openings_now,
			total(x.share_now) as share_now
		from demand_count x
		where x.consortium_id = p_consortium
			and x.year between p_first and p_last
		group by 1, 2, 3, 4
	) c on c.year = s.year and c.source = s.source and c.node = s.node
		and c.education = s.education
	where coalesce(s.postings, 0) + coalesce(c.postings, 0) > 0;
end;

-- As demand_members, of those alone that are wider than so many digits of a
-- code: 6 are all, 4 categories and occupations.
create function demand_members_above(p_consortium uuid, p_first integer,
	p_last integer, p_digits integer)
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
	), asked as materialized (
		select distinct c.year, c.node, c.education
		from demand_of_nodes(p_consortium, p_first, p_last) c
		where length(c.node) <> 6 and (length(c.node) < p_digits
			or c.node !~ '^[0-9]+$')
	), member as materialized (
		select n.node, n.education, n.specialty_code,
			coalesce(e.n, 0)::bigint as n,
			total(e.n) over (partition by n.node, n.education) > 0
				as is_taught
		from node_specialty n
		left join ever e on e.specialty_code = n.specialty_code
		where n.node in (select a.node from asked a)
	), wide as materialized (
		select k.year, k.node, k.education, m.specialty_code,
			coalesce(y.n, 0)::bigint as n, m.n as n_ever
		from asked k
		join member m on m.node = k.node
			and m.education = k.education
			and (m.n > 0 or m.is_taught is not true)
		left join supply y on y.year = k.year
			and y.specialty_code = m.specialty_code
	), weighed as (
		select w.year, w.node, w.education, w.specialty_code, w.n,
			w.n_ever, total(w.n) over node as whole,
			total(w.n_ever) over node as whole_ever,
			count(*) over node as whole_equal,
			total(w.n) over so_far as upto,
			total(w.n_ever) over so_far as upto_ever,
			count(*) over so_far as upto_equal
		from wide w
		window node as (partition by w.year, w.node, w.education),
			so_far as (partition by w.year, w.node, w.education
				order by w.specialty_code)
	)
	select demand_cell(w.year, w.node, w.education), w.specialty_code,
		case when w.whole > 0 then w.n
			when w.whole_ever > 0 then w.n_ever else 1 end,
		case when w.whole > 0 then w.upto
			when w.whole_ever > 0 then w.upto_ever
			else w.upto_equal end,
		case when w.whole > 0 then w.whole
			when w.whole_ever > 0 then w.whole_ever
			else w.whole_equal end
	from weighed w;
end;

-- As 0084 has it.
create or replace function demand_members(p_consortium uuid, p_first integer,
	p_last integer)
returns table (cell text, specialty_code text, weight bigint, upto bigint,
	whole bigint)
language sql stable
begin atomic
	select m.cell, m.specialty_code, m.weight, m.upto, m.whole
	from demand_members_above(p_consortium, p_first, p_last, 6) m;
end;

-- A group by level and code as one number; '-': what is unnamed.
create function group_number(level text, code text) returns bigint
language sql immutable parallel safe
return case level when 'secondary' then 1 when 'associate' then 2
		when 'bachelor' then 3 when '-' then 4 else 0 end
	* 1000000::bigint
	+ case when code = '-' then 999999
		else coalesce(code::integer, 0) end;

-- ---- what is here already ----

insert into pay_count (consortium_id, year, division_code, cells, pay_fen, n)
select p.consortium_id, p.year, p.division_code, p.cells, p.pay_fen, 1
from asked_posting p
where p.pay_fen is not null and p.kind <> 'internship';
select fold_pay_counts(2147483647);

insert into seat_count (consortium_id, year, kind, school_id, specialty_code,
	days, n)
select s.consortium_id, s.year, s.kind, s.school_id, s.specialty_code, s.days,
	1
from filled_seat s;
select fold_seat_counts(2147483647);
