-- What is told of demand beside its counts (docs/supply-demand.md): where and
-- for which pay a posting asks, and which seats were taken, after how long.
-- Narrow rows beside posting, offer and placement, for these are wide.

-- What of demand_count is split alike.
create function demand_cell(year smallint, node text, education text)
returns text
language sql immutable parallel safe
return year || '|' || node || '|' || education;

-- A posting that ever was public: what it asks for, as demand_count has it.
create table asked_posting (
	consortium_id uuid not null,
	id uuid not null,
	year smallint not null,
	kind text not null,
	division_code text not null,
	occupation_code text,
	-- demand_cell of each node
	cells text[] not null,
	openings integer not null,
	-- the middle of its pay each month; null: it says none
	pay_fen integer,
	is_open boolean not null,
	primary key (consortium_id, id)
);
create index asked_posting_by_year on asked_posting (consortium_id, year);

-- A seat of such a posting that a student took: an offer that he accepted, or a
-- placement, which internships and apprenticeships have. He counts where he was
-- when he accepted.
create table filled_seat (
	consortium_id uuid not null,
	id uuid not null,
	-- of the posting's first publication
	year smallint not null,
	kind text not null,
	school_id uuid not null,
	specialty_code text not null,
	-- whole ones, from that publication on
	days integer not null,
	primary key (consortium_id, id)
);
create index filled_seat_by_year on filled_seat (consortium_id, year);

-- As 0064 has it, with a body that is not parsed beforehand.
create or replace function demand_changed(was demand_count[],
	is_now demand_count[])
returns void
language sql as $$
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
		<> (0, 0, 0, 0, 0, 0)
$$;

-- The row of a posting that asks for what `said` says.
create function ask_posting(p posting, said demand_count[]) returns void
language sql as $$
	insert into asked_posting (consortium_id, id, year, kind,
		division_code, occupation_code, cells, openings, pay_fen,
		is_open)
	select p.consortium_id, p.id, min(s.year), p.kind, p.division_code,
		p.occupation_code, array_agg(demand_cell(s.year, s.node,
			s.education) order by s.node), p.openings,
		(p.pay_min_fen + p.pay_max_fen) / 2, p.state = 'published'
	from unnest(said) s
	having count(*) > 0
	on conflict (consortium_id, id) do update set
		kind = excluded.kind, division_code = excluded.division_code,
		occupation_code = excluded.occupation_code,
		cells = excluded.cells, openings = excluded.openings,
		pay_fen = excluded.pay_fen,
		is_open = excluded.is_open
$$;

create or replace function posting_asked() returns trigger
language plpgsql as $$
declare
	taught text;
	said demand_count[];
begin
	if new.kind in ('order_class', 'apprenticeship') then
		select c.specialty_code into taught from cooperation c
		where c.consortium_id = new.consortium_id and c.id = new.id;
	end if;
	said := array(select demand_of_posting(new, taught));
	perform demand_changed(
		array(select demand_of_posting(old, taught)), said);
	perform ask_posting(new, said);
	return null;
end;
$$;

drop trigger asked on posting;
create trigger asked after update on posting
	for each row when (new.first_published_at is not null
		and (old.state, old.kind, old.openings, old.targets,
			old.occupation_code, old.min_education,
			old.division_code, old.pay_min_fen, old.pay_max_fen)
		is distinct from (new.state, new.kind, new.openings,
			new.targets, new.occupation_code, new.min_education,
			new.division_code, new.pay_min_fen, new.pay_max_fen))
	execute function posting_asked();

create or replace function cooperation_asked() returns trigger
language plpgsql as $$
declare
	p posting;
	before text;
	said demand_count[];
begin
	if tg_op = 'UPDATE' then
		before := old.specialty_code;
	end if;
	select * into p from posting
	where consortium_id = new.consortium_id and id = new.id;
	said := array(select demand_of_posting(p, new.specialty_code));
	perform demand_changed(
		array(select demand_of_posting(p, before)), said);
	perform ask_posting(p, said);
	return null;
end;
$$;

-- ---- seats ----

create function is_seated(state text) returns boolean
language sql immutable parallel safe
return state in ('accepted', 'agreement_signed', 'started', 'completed');

-- Takes a seat of a posting that ever was public, at a moment.
create function fill_seat(p_consortium uuid, p_id uuid, p_posting uuid,
	p_student uuid, p_at timestamptz)
returns void
language sql as $$
	insert into filled_seat (consortium_id, id, year, kind, school_id,
		specialty_code, days)
	select p_consortium, p_id, a.year, a.kind, s.school_id,
		s.specialty_code, greatest(0, floor(extract(epoch from
			p_at - p.first_published_at) / 86400))
	from asked_posting a
	join posting p on p.consortium_id = p_consortium and p.id = a.id
	join student s on s.consortium_id = p_consortium and s.id = p_student
	where a.consortium_id = p_consortium and a.id = p_posting
	on conflict do nothing
$$;

-- AFTER INSERT or UPDATE of a placement that takes a seat, or gives it back.
create function placement_seated() returns trigger
language plpgsql as $$
begin
	if is_seated(new.state) then
		perform fill_seat(new.consortium_id, new.id, new.posting_id,
			new.student_id, now());
	else
		delete from filled_seat
		where consortium_id = new.consortium_id and id = new.id;
	end if;
	return null;
end;
$$;

create trigger seated_new after insert on placement
	for each row when (new.posting_id is not null
		and is_seated(new.state))
	execute function placement_seated();
create trigger seated after update on placement
	for each row when (new.posting_id is not null
		and is_seated(old.state) <> is_seated(new.state))
	execute function placement_seated();

-- AFTER UPDATE to accepted of an offer; a placement counts itself.
create function offer_seated() returns trigger
language plpgsql as $$
begin
	perform fill_seat(new.consortium_id, new.id, a.posting_id,
		a.student_id, now())
	from application a
	join posting p on p.consortium_id = a.consortium_id
		and p.id = a.posting_id
		and p.kind in ('job', 'order_class')
	where a.consortium_id = new.consortium_id
		and a.id = new.application_id;
	return null;
end;
$$;

create trigger seated after update on offer
	for each row when (new.state = 'accepted' and old.state <> 'accepted')
	execute function offer_seated();

-- ---- what is here already ----

select ask_posting(p, array(select demand_of_posting(p, c.specialty_code)))
from posting p
left join cooperation c on c.consortium_id = p.consortium_id and c.id = p.id
	and p.kind in ('order_class', 'apprenticeship')
where p.state <> 'draft';

select fill_seat(t.consortium_id, t.id, t.posting_id, t.student_id,
	coalesce((select min(e.at) from event e
		where e.consortium_id = t.consortium_id
			and e.subject_id = t.id and e.to_state = 'accepted'),
		t.updated_at))
from placement t
where t.posting_id is not null and is_seated(t.state);

select fill_seat(o.consortium_id, o.id, a.posting_id, a.student_id,
	coalesce((select min(e.at) from event e
		where e.consortium_id = o.consortium_id
			and e.subject_id = o.id and e.to_state = 'accepted'),
		o.updated_at))
from offer o
join application a on a.consortium_id = o.consortium_id
	and a.id = o.application_id
join posting p on p.consortium_id = a.consortium_id and p.id = a.posting_id
	and p.kind in ('job', 'order_class')
where o.state = 'accepted';
