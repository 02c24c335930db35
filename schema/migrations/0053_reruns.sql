-- A published round placed again, after what was wrong has been put right: who
-- accepted stays, the moves are listed before they are published, and the
-- publication before stays to be checked.

alter table run
	-- the published run from which it goes on; null: it is no such run
	add column base_run_id uuid,
	-- who stays: those who accepted, or all who have a proposal, too
	add column pins text check (pins in ('accepted', 'all')),
	add foreign key (consortium_id, round_id, base_run_id)
		references run (consortium_id, round_id, id),
	add constraint run_again_says_who_stays check (
		(base_run_id is null) = (pins is null));

-- Whom the office lets go from where he is, or takes in again after he
-- declined, let it lapse or left; and why.
create table run_release (
	consortium_id uuid not null,
	run_id uuid not null,
	student_id uuid not null,
	reason text not null check (char_length(reason) between 1 and 500),
	primary key (consortium_id, run_id, student_id),
	foreign key (consortium_id, run_id) references run,
	foreign key (consortium_id, student_id) references student
);

-- Where students were when such a run was frozen.
create table run_prior (
	consortium_id uuid not null,
	run_id uuid not null,
	student_id uuid not null,
	placement_id uuid not null,
	is_pinned boolean not null,
	primary key (consortium_id, run_id, student_id),
	foreign key (consortium_id, run_id) references run,
	foreign key (consortium_id, placement_id) references placement
);

-- Who has another posting by it than by the publication before, as the result
-- says; null: none.
create table run_move (
	consortium_id uuid not null,
	run_id uuid not null,
	student_id uuid not null,
	from_posting_id uuid,
	to_posting_id uuid,
	primary key (consortium_id, run_id, student_id),
	foreign key (consortium_id, run_id) references run,
	foreign key (consortium_id, student_id) references student,
	constraint run_move_moves
		check (from_posting_id is distinct from to_posting_id)
);

create trigger append_only before update or delete on run_release
	for each row execute function append_only();
create trigger append_only before update or delete on run_prior
	for each row execute function append_only();
create trigger append_only before update or delete on run_move
	for each row execute function append_only();
create trigger written after insert on run_prior
	referencing new table as written
	for each statement execute function run_written();
create trigger written after insert on run_move
	referencing new table as written
	for each statement execute function run_written();

-- What was published of a round, one after the other. Each has its documents.
create table publication (
	consortium_id uuid not null,
	round_id uuid not null,
	number integer not null check (number >= 1),
	run_id uuid not null,
	made integer not null check (made >= 0),
	ended integer not null check (ended >= 0),
	kept integer not null check (kept >= 0),
	decide_by timestamptz,
	appeals_by timestamptz,
	published_at timestamptz not null default now(),
	published_by uuid,
	primary key (consortium_id, round_id, number),
	foreign key (consortium_id, round_id, run_id)
		references run (consortium_id, round_id, id)
);
create index publication_by_run on publication (consortium_id, run_id);

insert into publication (consortium_id, round_id, number, run_id, made, ended,
	kept, decide_by, appeals_by, published_at)
select r.consortium_id, r.id, 1, r.published_run_id,
	(select count(*) from placement p
	where p.consortium_id = r.consortium_id and p.round_id = r.id), 0, 0,
	r.decide_by, r.appeals_by, r.updated_at
from round r where r.published_run_id is not null;

create trigger append_only before update or delete on publication
	for each row execute function append_only();

-- One seat of a round at a time; what ended stays beside it.
alter table placement
	drop constraint placement_consortium_id_round_id_student_id_key,
	-- the run that took it away
	add column superseded_by uuid,
	add foreign key (consortium_id, superseded_by) references run,
	add constraint placement_superseded_has_ended
		check (superseded_by is null or state = 'terminated');
create unique index placement_one_of_a_round on placement
	(consortium_id, round_id, student_id)
	where state in ('proposed', 'accepted', 'agreement_signed', 'started',
		'completed');
create index placement_by_round on placement
	(consortium_id, round_id, student_id, id);

-- A run over wishes that rest; or again, from what is published.
create function run_started_again() returns trigger
language plpgsql as $$
begin
	perform 1 from round r
	where r.consortium_id = new.consortium_id and r.id = new.round_id
		and r.state = 'published'
		and r.published_run_id = new.base_run_id for share;
	if not found then
		raise exception 'the round is not published'
			using errcode = 'DK005',
				constraint = 'run_round_is_published';
	end if;
	return new;
end;
$$;

drop trigger started on run;
create trigger started before insert on run
	for each row when (new.base_run_id is null)
	execute function run_started();
create trigger started_again before insert on run
	for each row when (new.base_run_id is not null)
	execute function run_started_again();

create function run_again_audited() returns trigger
language plpgsql as $$
begin
	perform audit_append(new.consortium_id,
		nobody_is_service(new.created_by), 'run.again', 'run', new.id,
		json_build_object('round_id', new.round_id,
			'base_run_id', new.base_run_id, 'pins', new.pins,
			'released', (select coalesce(json_agg(json_build_object(
				'student_id', x.student_id,
				'reason', x.reason) order by x.student_id),
				'[]')
			from run_release x
			where x.consortium_id = new.consortium_id
				and x.run_id = new.id)));
	return null;
end;
$$;

create constraint trigger audited_again after insert on run
	deferrable initially deferred for each row
	when (new.base_run_id is not null)
	execute function run_again_audited();

create function publication_audited() returns trigger
language plpgsql as $$
begin
	perform audit_append(new.consortium_id,
		nobody_is_service(new.published_by), 'round.publication',
		'round', new.round_id, to_json(new));
	return null;
end;
$$;

create constraint trigger audited after insert on publication
	deferrable initially deferred for each row
	execute function publication_audited();

-- Seats may also change after publication, by the office's approval: a capacity
-- that was wrong is put right before the round is placed again.
create or replace function capacity_round_takes() returns trigger
language plpgsql as $$
begin
	perform from round r
	where r.consortium_id = new.consortium_id and r.id = new.round_id
		and r.state in ('open', 'closed', 'running', 'computed',
			'published')
	for share;
	if not found then
		raise exception 'the round takes no other seats now'
			using errcode = 'DK002',
				constraint = 'capacity_round_takes';
	end if;
	return new;
end;
$$;

-- The round in which a run places again; null of any other run.
create function round_of_run_again(consortium uuid, run uuid) returns uuid
language sql stable
begin atomic
	select u.round_id from run u
	where u.consortium_id = $1 and u.id = $2
		and u.base_run_id is not null;
end;

-- Where students are as such a run begins, and whether they stay; no row of
-- any other run. Who has signed stays whatever the office says.
create function priors_of_run(consortium uuid, run uuid)
returns table (student_id uuid, placement_id uuid, posting_id uuid,
	enterprise_id uuid, score integer, is_pinned boolean)
language sql stable
begin atomic
	select p.student_id, p.id, p.posting_id, p.enterprise_id, p.score,
		p.state in ('agreement_signed', 'started', 'completed')
		or (x.student_id is null
			and (p.state = 'accepted' or u.pins = 'all'))
	from run u
	join placement p on p.consortium_id = u.consortium_id
		and p.round_id = u.round_id
		and p.state in ('proposed', 'accepted', 'agreement_signed',
			'started', 'completed')
	left join run_release x on x.consortium_id = u.consortium_id
		and x.run_id = u.id and x.student_id = p.student_id
	where u.consortium_id = $1 and u.id = $2
		and u.base_run_id is not null;
end;

-- As seats_taken, but for the seats of one round, which its pins count; null:
-- none.
create function seats_taken_beside(
	consortium uuid, first_day date, last_day date, round uuid
) returns table (enterprise_id uuid, post_category_id uuid, student_id uuid)
language sql stable
begin atomic
	select p.enterprise_id, p.post_category_id, p.student_id
	from placement p
	where p.consortium_id = $1
		and p.state in ('accepted', 'agreement_signed', 'started')
		and p.period_end >= $2 and p.period_start <= $3
		and not coalesce(p.round_id = $4, false);
end;

-- Is the student out of the round such a run places in: the last seat it gave
-- ended otherwise than by another run, and the office, who knew of it, does not
-- take him in again?
create function is_out_of_run(consortium uuid, run uuid, student uuid)
returns boolean
language sql stable
begin atomic
	select coalesce((select p.state in ('declined', 'lapsed', 'terminated')
			and p.superseded_by is null
			and not exists (select from run u
				join run_release x
					on x.consortium_id = u.consortium_id
					and x.run_id = u.id
				where u.consortium_id = $1 and u.id = $2
					and x.student_id = $3
					and p.updated_at <= u.created_at)
		from placement p
		where p.consortium_id = $1
			and p.round_id = round_of_run_again($1, $2)
			and p.student_id = $3
		order by p.id desc limit 1), false);
end;

-- Another publication of a published round: a run that goes on from what is
-- published takes its place, whole or not at all. Who stays is not touched;
-- other proposals end, and of what is new proposals are made. Never does it
-- move anybody who accepted and was not let go, also not one who accepted
-- since the run was frozen: then the round is to be placed again.
create function republish_round(
	p_consortium uuid, p_round uuid, p_run uuid, p_actor uuid,
	p_expected bigint, p_decide_by timestamptz, p_appeals_by timestamptz
) returns void
language plpgsql as $$
declare
	r round;
	it publication;
	moved bigint;
begin
	select * into r from round
	where consortium_id = p_consortium and id = p_round for update;
	if not found then
		raise exception 'no such round' using errcode = 'DK007';
	elsif r.version <> p_expected then
		raise exception 'the round is at version %', r.version
			using errcode = 'DK006', detail = r.version::text;
	elsif r.state <> 'published' then
		raise exception 'a round that is % cannot be published', r.state
			using errcode = 'DK001',
				detail = r.state || ' -> published';
	elsif not exists (select from run u
			where u.consortium_id = p_consortium
				and u.round_id = p_round and u.id = p_run
				and u.state = 'done'
				and u.base_run_id = r.published_run_id) then
		raise exception 'not placed again from what is published'
			using errcode = 'DK005',
				constraint = 'run_goes_on_from_the_published';
	end if;
	it.decide_by := round_time_end(r, p_decide_by,
		'round_decide_by_is_ahead');
	it.appeals_by := round_time_end(r, p_appeals_by,
		'round_appeals_by_is_ahead');
	-- whoever answers from here on waits, and then finds what became of it
	perform 1 from placement p
	where p.consortium_id = p_consortium and p.round_id = p_round
		and p.state in ('proposed', 'accepted', 'agreement_signed',
			'started', 'completed')
	order by p.id for update;
	select count(*) into moved
	from placement p
	left join run_placement n on n.consortium_id = p_consortium
		and n.run_id = p_run and n.student_id = p.student_id
	where p.consortium_id = p_consortium and p.round_id = p_round
		and n.posting_id is distinct from p.posting_id
		and (p.state in ('agreement_signed', 'started', 'completed')
			or (p.state = 'accepted' and not exists (
				select from run_release x
				where x.consortium_id = p_consortium
					and x.run_id = p_run
					and x.student_id = p.student_id)));
	if moved > 0 then
		raise exception 'it would move % who accepted', moved
			using errcode = 'DK005',
				constraint = 'run_moves_nobody_who_accepted';
	end if;
	update placement p set state = 'terminated', actor = p_actor,
		superseded_by = p_run,
		reason = coalesce((select x.reason from run_release x
			where x.consortium_id = p_consortium
				and x.run_id = p_run
				and x.student_id = p.student_id),
			'placed again')
	where p.consortium_id = p_consortium and p.round_id = p_round
		and p.state in ('proposed', 'accepted')
		and not exists (select from run_placement n
			where n.consortium_id = p_consortium
				and n.run_id = p_run
				and n.student_id = p.student_id
				and n.posting_id = p.posting_id);
	get diagnostics it.ended = row_count;
	select count(*) into it.kept from placement p
	where p.consortium_id = p_consortium and p.round_id = p_round
		and p.state in ('proposed', 'accepted', 'agreement_signed',
			'started', 'completed');
	-- whose seat ended since the run was frozen is asked nothing
	insert into placement (consortium_id, id, round_id, run_id, student_id,
		posting_id, enterprise_id, post_category_id, period_start,
		period_end, score, choice, decide_by, created_by)
	select n.consortium_id, n.id, p_round, p_run, n.student_id,
		n.posting_id, p.enterprise_id, p.post_category_id,
		r.period_start, r.period_end, n.score, n.choice, it.decide_by,
		p_actor
	from run_placement n
	join posting p on p.consortium_id = n.consortium_id
		and p.id = n.posting_id
	where n.consortium_id = p_consortium and n.run_id = p_run
		and not exists (select from run_prior o
			join placement t on t.consortium_id = o.consortium_id
				and t.id = o.placement_id
			where o.consortium_id = p_consortium
				and o.run_id = p_run
				and o.student_id = n.student_id
				and t.state in ('declined', 'lapsed',
					'terminated')
				and t.superseded_by is distinct from p_run)
		and not exists (select from placement t
			where t.consortium_id = p_consortium
				and t.round_id = p_round
				and t.student_id = n.student_id
				and t.state in ('proposed', 'accepted',
					'agreement_signed', 'started',
					'completed'));
	get diagnostics it.made = row_count;
	update round set published_run_id = p_run,
		decide_by = greatest(decide_by, it.decide_by),
		appeals_by = it.appeals_by, actor = p_actor
	where consortium_id = p_consortium and id = p_round;
	insert into publication (consortium_id, round_id, number, run_id, made,
		ended, kept, decide_by, appeals_by, published_by)
	select p_consortium, p_round, max(b.number) + 1, p_run, it.made,
		it.ended, it.kept, it.decide_by, it.appeals_by, p_actor
	from publication b
	where b.consortium_id = p_consortium and b.round_id = p_round;
end;
$$;

-- The first publication of a round, whoever publishes it.
create function round_first_published() returns trigger
language plpgsql as $$
begin
	insert into publication (consortium_id, round_id, number, run_id, made,
		ended, kept, decide_by, appeals_by, published_by)
	select new.consortium_id, new.id, 1, new.published_run_id, count(*), 0,
		0, new.decide_by, new.appeals_by, (select e.actor from event e
			where e.consortium_id = new.consortium_id
				and e.subject_id = new.id
				and e.to_state = 'published')
	from run_placement n
	where n.consortium_id = new.consortium_id
		and n.run_id = new.published_run_id;
	return null;
end;
$$;

create trigger first_published after update on round
	for each row when (new.state = 'published' and old.state = 'computed')
	execute function round_first_published();
