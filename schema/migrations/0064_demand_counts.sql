-- What supply and demand are counted from (docs/supply-demand.md): how many
-- people were asked for, of which specialty and in which year, and how many
-- entered. The transaction that changes it counts it, as graduates are (0058):
-- changes are added, and a worker puts them together.

-- In which year a posting asks: that of its first publication.
alter table posting add column first_published_at timestamptz;

alter table posting disable trigger user;
update posting p set first_published_at = least(p.published_at, (
	select min(e.at) from event e
	where e.consortium_id = p.consortium_id and e.subject_id = p.id
		and e.machine = 'posting' and e.to_state = 'published'))
where p.state <> 'draft';
alter table posting enable trigger user;

create or replace function posting_published() returns trigger
language plpgsql as $$
begin
	perform 1 from enterprise e
	where e.consortium_id = new.consortium_id and e.id = new.enterprise_id
		and e.state = 'verified' for share;
	if not found then
		raise exception 'the enterprise is not verified'
			using errcode = 'DK005',
				constraint = 'posting_enterprise_is_verified';
	end if;
	if new.published_at is not distinct from old.published_at then
		new.published_at := now();
	end if;
	new.first_published_at := coalesce(old.first_published_at,
		new.published_at);
	return new;
end;
$$;

-- Changes of what is asked for. node: a specialty (6 digits), class (4) or
-- category (2) that is named; an occupation, where no specialty is; or '' where
-- neither is. education: the least, of an occupation alone, '' if it is no
-- matter; a node of specialties has but one level. share: thousandths of
-- openings, a posting's being split among what it names. The _now count what
-- is open at present.
create table demand_count (
	consortium_id uuid not null,
	year smallint not null,
	source text not null,
	node text not null,
	education text not null,
	postings integer not null,
	openings bigint not null,
	share bigint not null,
	postings_now integer not null default 0,
	openings_now bigint not null default 0,
	share_now bigint not null default 0,
	id bigint generated always as identity (cache 32),
	primary key (consortium_id, id)
);
create index demand_count_by_year on demand_count (consortium_id, year);

-- The same, put together.
create table demand_sum (
	consortium_id uuid not null,
	year smallint not null,
	source text not null,
	node text not null,
	education text not null,
	postings bigint not null default 0,
	openings bigint not null default 0,
	share bigint not null default 0,
	postings_now bigint not null default 0,
	openings_now bigint not null default 0,
	share_now bigint not null default 0,
	primary key (consortium_id, year, source, node, education)
);

-- Who entered a school in which year: all of them, and without those who left.
create table entrant_count (
	consortium_id uuid not null,
	year smallint not null,
	school_id uuid not null,
	specialty_code text not null,
	entrants integer not null,
	students integer not null,
	id bigint generated always as identity (cache 32),
	primary key (consortium_id, id)
);
create index entrant_count_by_year on entrant_count (consortium_id, year);

create table entrant_sum (
	consortium_id uuid not null,
	year smallint not null,
	school_id uuid not null,
	specialty_code text not null,
	entrants integer not null default 0,
	students integer not null default 0,
	primary key (consortium_id, year, school_id, specialty_code)
);

-- ---- what is asked for ----

create function is_open_to(node text, education text) returns boolean
language sql immutable parallel safe
return education is null or education = '' or array_position(
	array['secondary', 'associate', 'bachelor'], specialty_level(node))
	>= array_position(array['secondary', 'associate', 'bachelor'],
		education);

-- Of the specialties, classes and categories that are named, those that the
-- least education allows, and of these the widest alone.
create function demand_nodes(targets text[], education text) returns text[]
language sql immutable parallel safe
begin atomic
	with named as (
		select distinct t.code from unnest(targets) as t (code)
		where is_open_to(t.code, education)
	)
	select coalesce(array_agg(n.code order by n.code), '{}')
	from named n
	where not exists (select from named w
		where w.code <> n.code and starts_with(n.code, w.code));
end;

-- What a posting asks for: a row a node. None if it never was published.
-- taught: the specialty of the school that it is held with, or null.
create function demand_of_posting(p posting, taught text)
returns setof demand_count
language sql stable
begin atomic
	with said as (
		select case when taught is null
			then demand_nodes(p.targets, p.min_education)
			else array[taught] end as nodes
	), node as (
		select n.code, '' as education, n.k,
			cardinality(s.nodes) as of
		from said s, unnest(s.nodes) with ordinality as n (code, k)
		union all
		select case when p.targets = '{}'
				then coalesce(p.occupation_code, '')
				else '' end,
			case when p.targets = '{}'
				and p.occupation_code is not null
				then coalesce(p.min_education, '')
				else '' end, 1, 1
		from said s
		where s.nodes = '{}'
	), cut as (
		select n.code, n.education,
			(p.openings * 1000 / n.of
			+ (n.k <= p.openings * 1000 % n.of)::integer)::bigint
			as share,
			(p.state = 'published')::integer as is_now
		from node n
	)
	select p.consortium_id, extract(year from p.first_published_at
			at time zone 'Asia/Shanghai')::smallint,
		p.kind, c.code, c.education, 1, p.openings::bigint, c.share,
		c.is_now, p.openings::bigint * c.is_now, c.share * c.is_now,
		null::bigint
	from cut c
	where p.first_published_at is not null;
end;

-- Writes the difference between two sets of such rows.
create function demand_changed(was demand_count[], is_now demand_count[])
returns void
language sql
begin atomic
	insert into demand_count (consortium_id, year, source, node, education,
		postings, openings, share, postings_now, openings_now,
		share_now)
	select d.consortium_id, d.year, d.source, d.node, d.education,
		sum(d.sign * d.postings), sum(d.sign * d.openings),
		sum(d.sign * d.share), sum(d.sign * d.postings_now),
		sum(d.sign * d.openings_now), sum(d.sign * d.share_now)
	from (
		select -1 as sign, w.* from unnest(was) w
		union all
		select 1, n.* from unnest(is_now) n
	) d
	group by 1, 2, 3, 4, 5
	having (sum(d.sign * d.postings), sum(d.sign * d.openings),
		sum(d.sign * d.share), sum(d.sign * d.postings_now),
		sum(d.sign * d.openings_now), sum(d.sign * d.share_now))
		<> (0, 0, 0, 0, 0, 0);
end;

-- AFTER UPDATE of a posting that is or was public.
create function posting_asked() returns trigger
language plpgsql as $$
declare
	taught text;
begin
	if new.kind in ('order_class', 'apprenticeship') then
		select c.specialty_code into taught from cooperation c
		where c.consortium_id = new.consortium_id and c.id = new.id;
	end if;
	perform demand_changed(
		array(select demand_of_posting(old, taught)),
		array(select demand_of_posting(new, taught)));
	return null;
end;
$$;

create trigger asked after update on posting
	for each row when (new.first_published_at is not null
		and (old.state, old.kind, old.openings, old.targets,
			old.occupation_code, old.min_education)
		is distinct from (new.state, new.kind, new.openings,
			new.targets, new.occupation_code, new.min_education))
	execute function posting_asked();

-- AFTER INSERT or UPDATE of a cooperation. Whoever writes one has locked its
-- posting.
create function cooperation_asked() returns trigger
language plpgsql as $$
declare
	p posting;
	before text;
begin
	if tg_op = 'UPDATE' then
		before := old.specialty_code;
	end if;
	select * into p from posting
	where consortium_id = new.consortium_id and id = new.id;
	perform demand_changed(
		array(select demand_of_posting(p, before)),
		array(select demand_of_posting(p, new.specialty_code)));
	return null;
end;
$$;

create trigger asked_new after insert on cooperation
	for each row execute function cooperation_asked();
create trigger asked after update on cooperation
	for each row when (old.specialty_code <> new.specialty_code)
	execute function cooperation_asked();

-- What an entry of a talent-demand list asks for.
create function demand_of_entry(d demand) returns demand_count
language sql stable
return row(d.consortium_id, d.year::smallint, 'demand-list',
	case when is_open_to(d.specialty_code, d.education)
		then d.specialty_code else '' end, '', 1, d.openings::bigint,
	d.openings * 1000::bigint, 0, 0::bigint, 0::bigint,
	null::bigint)::demand_count;

-- AFTER a statement that wrote entries.
create function demand_asked() returns trigger
language plpgsql as $$
begin
	if tg_op = 'DELETE' then
		perform demand_changed(
			array(select demand_of_entry(g) from gone g), '{}');
	elsif tg_op = 'INSERT' then
		perform demand_changed('{}',
			array(select demand_of_entry(m) from made m));
	else
		perform demand_changed(
			array(select demand_of_entry(g) from gone g),
			array(select demand_of_entry(m) from made m));
	end if;
	return null;
end;
$$;

create trigger asked_new after insert on demand
	referencing new table as made
	for each statement execute function demand_asked();
create trigger asked after update on demand
	referencing old table as gone new table as made
	for each statement execute function demand_asked();
create trigger asked_no_more after delete on demand
	referencing old table as gone
	for each statement execute function demand_asked();

-- ---- who entered ----

-- AFTER a statement that made students.
create function students_entered() returns trigger
language plpgsql as $$
begin
	insert into entrant_count (consortium_id, year, school_id,
		specialty_code, entrants, students)
	select m.consortium_id, m.entry_year, m.school_id, m.specialty_code,
		count(*), count(*) filter (where m.state <> 'left')
	from made m
	group by 1, 2, 3, 4;
	return null;
end;
$$;

create trigger entered after insert on student
	referencing new table as made
	for each statement execute function students_entered();

-- AFTER UPDATE of a student.
create function student_entered() returns trigger
language plpgsql as $$
begin
	insert into entrant_count (consortium_id, year, school_id,
		specialty_code, entrants, students)
	values (old.consortium_id, old.entry_year, old.school_id,
		old.specialty_code, -1, -(old.state <> 'left')::integer),
		(new.consortium_id, new.entry_year, new.school_id,
		new.specialty_code, 1, (new.state <> 'left')::integer);
	return null;
end;
$$;

create trigger entered_else after update on student
	for each row when ((old.entry_year, old.school_id, old.specialty_code,
		old.state) is distinct from (new.entry_year, new.school_id,
		new.specialty_code, new.state))
	execute function student_entered();

-- ---- folding ----

-- Puts changes of what is asked for together; how many it took.
create function fold_demand_counts(p_most integer) returns bigint
language sql
begin atomic
	with taken as materialized (
		select x.ctid as at from demand_count x limit p_most
		for update skip locked
	), gone as (
		delete from demand_count c
		where c.ctid = any (array(select at from taken))
		returning c.*
	), folded as (
		insert into demand_sum as t
		select g.consortium_id, g.year, g.source, g.node, g.education,
			sum(g.postings), sum(g.openings), sum(g.share),
			sum(g.postings_now), sum(g.openings_now),
			sum(g.share_now)
		from gone g
		group by 1, 2, 3, 4, 5
		order by 1, 2, 3, 4, 5
		on conflict (consortium_id, year, source, node, education)
		do update set
			postings = t.postings + excluded.postings,
			openings = t.openings + excluded.openings,
			share = t.share + excluded.share,
			postings_now = t.postings_now + excluded.postings_now,
			openings_now = t.openings_now + excluded.openings_now,
			share_now = t.share_now + excluded.share_now
		returning 1
	)
	select count(*) from gone;
end;

-- Puts changes of who entered together; how many it took.
create function fold_entrant_counts(p_most integer) returns bigint
language sql
begin atomic
	with taken as materialized (
		select x.ctid as at from entrant_count x limit p_most
		for update skip locked
	), gone as (
		delete from entrant_count c
		where c.ctid = any (array(select at from taken))
		returning c.*
	), folded as (
		insert into entrant_sum as t
		select g.consortium_id, g.year, g.school_id, g.specialty_code,
			sum(g.entrants), sum(g.students)
		from gone g
		group by 1, 2, 3, 4
		order by 1, 2, 3, 4
		on conflict (consortium_id, year, school_id, specialty_code)
		do update set entrants = t.entrants + excluded.entrants,
			students = t.students + excluded.students
		returning 1
	)
	select count(*) from gone;
end;

-- ---- what is here already ----

insert into demand_sum (consortium_id, year, source, node, education, postings,
	openings, share, postings_now, openings_now, share_now)
select d.consortium_id, d.year, d.source, d.node, d.education,
	sum(d.postings), sum(d.openings), sum(d.share), sum(d.postings_now),
	sum(d.openings_now), sum(d.share_now)
from (
	select a.*
	from posting p
	left join cooperation c on c.consortium_id = p.consortium_id
		and c.id = p.id and p.kind in ('order_class', 'apprenticeship')
	cross join lateral demand_of_posting(p, c.specialty_code) a
	where p.state <> 'draft'
	union all
	select (demand_of_entry(e)).* from demand e
) d
group by 1, 2, 3, 4, 5;

insert into entrant_sum (consortium_id, year, school_id, specialty_code,
	entrants, students)
select s.consortium_id, s.entry_year, s.school_id, s.specialty_code, count(*),
	count(*) filter (where s.state <> 'left')
from student s
group by 1, 2, 3, 4;
