-- What a round comes to: runs, their files and results, placements, and the
-- publication that makes the one of the other.

create extension if not exists btree_gist;

-- A placement run. A worker holds it by a lease; its updates name worker and
-- attempt, so that one which lost the lease changes nothing any more. Only a
-- change of state counts as a change: heartbeats do not.
create table run (
	consortium_id uuid not null,
	id uuid not null,
	round_id uuid not null,
	mode text not null check (mode in ('stable', 'optimal')),
	state text not null default 'queued'
		check (state in ('queued', 'running', 'done', 'failed')),
	worker text check (char_length(worker) between 1 and 100),
	attempt integer not null default 0 check (attempt >= 0),
	lease_until timestamptz,
	heartbeat_at timestamptz,
	is_verified boolean,
	error text check (char_length(error) between 1 and 2000),
	student_count integer check (student_count >= 0),
	placed_count integer check (placed_count between 0 and student_count),
	shortfall integer check (shortfall >= 0),
	started_at timestamptz,
	finished_at timestamptz,
	freeze_ms integer check (freeze_ms >= 0),
	place_ms integer check (place_ms >= 0),
	verify_ms integer check (verify_ms >= 0),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	foreign key (consortium_id, round_id) references round,
	-- what a round points at, so that it cannot publish another's run
	unique (consortium_id, round_id, id),
	constraint run_running_is_held check (state <> 'running' or (
		worker is not null and lease_until is not null
		and started_at is not null and attempt > 0)),
	constraint run_done_is_verified
		check (state <> 'done' or is_verified is true),
	constraint run_failed_says_why
		check (state <> 'failed' or error is not null),
	constraint run_ended_is_timed check
		((state in ('done', 'failed')) = (finished_at is not null)),
	constraint run_actor_is_emptied
		check (actor is null and reason is null)
);
create unique index run_one_at_a_time on run (consortium_id, round_id)
	where state in ('queued', 'running');
create index run_to_take on run (created_at)
	where state in ('queued', 'running');

alter table round add constraint round_published_run_is_its_own
	foreign key (consortium_id, id, published_run_id)
	references run (consortium_id, round_id, id);

-- The bytes of a run: what went into the matcher and what came out.
create table run_file (
	consortium_id uuid not null,
	run_id uuid not null,
	kind text not null check (kind in ('instance', 'result')),
	sha256 bytea not null,
	bytes bytea not null,
	created_at timestamptz not null default now(),
	primary key (consortium_id, run_id, kind),
	foreign key (consortium_id, run_id) references run,
	constraint run_file_sha256_fits check (sha256 = sha256(bytes))
);

create trigger append_only before update or delete on run_file
	for each row execute function append_only();

-- The result in rows: who goes where, what closed a posting, what a group
-- got. Written in the transaction that ends the run, and then never touched.
create table run_placement (
	consortium_id uuid not null,
	run_id uuid not null,
	student_id uuid not null,
	-- becomes the id of the placement when the round is published
	id uuid not null,
	posting_id uuid not null,
	score integer not null check (score between 0 and 1000000),
	choice smallint not null check (choice between 1 and 50),
	primary key (consortium_id, run_id, student_id),
	foreign key (consortium_id, run_id) references run,
	foreign key (consortium_id, student_id) references student,
	foreign key (consortium_id, posting_id) references posting
);
create index run_placement_by_posting
	on run_placement (consortium_id, run_id, posting_id);

create table run_cutoff (
	consortium_id uuid not null,
	run_id uuid not null,
	posting_id uuid not null,
	rank integer check (rank >= 1),
	score integer not null check (score between 0 and 1000000),
	-- 64 bits without a sign
	lottery numeric(20) not null
		check (lottery between 0 and 18446744073709551615),
	-- the id of the posting or group that is full
	binding text not null check (binding <> ''),
	primary key (consortium_id, run_id, posting_id),
	foreign key (consortium_id, run_id) references run
);

create table run_group (
	consortium_id uuid not null,
	run_id uuid not null,
	group_id text not null check (group_id <> ''),
	placed integer not null check (placed >= 0),
	lower integer not null check (lower >= 0),
	upper integer check (upper >= lower),
	shortfall integer not null,
	primary key (consortium_id, run_id, group_id),
	foreign key (consortium_id, run_id) references run,
	constraint run_group_keeps_cap check (placed <= upper),
	constraint run_group_shortfall_fits
		check (shortfall = greatest(lower - placed, 0))
);

create trigger append_only before update or delete on run_placement
	for each row execute function append_only();
create trigger append_only before update or delete on run_cutoff
	for each row execute function append_only();
create trigger append_only before update or delete on run_group
	for each row execute function append_only();

-- Nothing is added to a run but by the worker that holds it; the worker
-- writes these first and ends the run last, in one transaction.
create function run_written() returns trigger
language plpgsql as $$
begin
	if exists (select from (select distinct w.consortium_id, w.run_id
				from written w) w
			where not exists (select from run r
				where r.consortium_id = w.consortium_id
					and r.id = w.run_id
					and r.state = 'running')) then
		raise exception 'the run is not running'
			using errcode = 'DK002', constraint = 'run_is_running';
	end if;
	return null;
end;
$$;

create trigger written after insert on run_file
	referencing new table as written
	for each statement execute function run_written();
create trigger written after insert on run_placement
	referencing new table as written
	for each statement execute function run_written();
create trigger written after insert on run_cutoff
	referencing new table as written
	for each statement execute function run_written();
create trigger written after insert on run_group
	referencing new table as written
	for each statement execute function run_written();

-- A run only over wishes that rest.
create function run_started() returns trigger
language plpgsql as $$
begin
	perform 1 from round r
	where r.consortium_id = new.consortium_id and r.id = new.round_id
		and r.state in ('closed', 'running', 'computed') for share;
	if not found then
		raise exception 'the round is not closed'
			using errcode = 'DK005',
				constraint = 'run_round_is_closed';
	end if;
	return new;
end;
$$;

create function run_done() returns trigger
language plpgsql as $$
begin
	if 2 <> (select count(*) from run_file f
			where f.consortium_id = new.consortium_id
				and f.run_id = new.id) then
		raise exception 'a run ends with its instance and its result'
			using errcode = 'DK005',
				constraint = 'run_done_has_files';
	end if;
	if new.placed_count is distinct from (
			select count(*) from run_placement p
			where p.consortium_id = new.consortium_id
				and p.run_id = new.id) then
		raise exception 'placed_count is not the count of placements'
			using errcode = 'DK005',
				constraint = 'run_done_counts_placements';
	end if;
	return new;
end;
$$;

create trigger start before insert on run
	for each row when (new.state <> 'queued')
	execute function start_refused('run');
create trigger started before insert on run
	for each row execute function run_started();
create trigger created after insert on run
	for each row execute function row_created('run', 'wake');
create trigger results before update on run
	for each row when (new.state = 'done' and old.state <> 'done')
	execute function run_done();
create trigger keep before update on run
	for each row when (new.state <> old.state or new.actor is not null)
	execute function machine_kept('run', '');

-- A student in a seat, from the day the round was published.
create table placement (
	consortium_id uuid not null,
	id uuid not null,
	round_id uuid not null,
	run_id uuid not null,
	student_id uuid not null,
	posting_id uuid not null,
	enterprise_id uuid not null,
	post_category_id uuid,
	period_start date not null,
	period_end date not null,
	score integer not null check (score between 0 and 1000000),
	choice smallint not null check (choice between 1 and 50),
	state text not null default 'proposed' check (state in
		('proposed', 'accepted', 'declined', 'agreement_signed',
		'started', 'completed', 'terminated')),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	unique (consortium_id, round_id, student_id),
	foreign key (consortium_id, round_id, run_id)
		references run (consortium_id, round_id, id),
	foreign key (consortium_id, student_id) references student,
	foreign key (consortium_id, posting_id) references posting,
	foreign key (consortium_id, enterprise_id) references enterprise,
	constraint placement_period_in_order check (period_start < period_end),
	-- nobody is an intern in two places on one day
	constraint placement_one_at_a_time exclude using gist (
		consortium_id with =, student_id with =,
		daterange(period_start, period_end, '[]') with &&)
		where (state in ('accepted', 'agreement_signed', 'started')),
	constraint placement_actor_is_emptied
		check (actor is null and reason is null)
);
create index placement_by_student on placement (consortium_id, student_id, id);
create index placement_by_posting on placement (consortium_id, posting_id, id);
create index placement_by_enterprise
	on placement (consortium_id, enterprise_id, id);

create trigger start before insert on placement
	for each row when (new.state <> 'proposed')
	execute function start_refused('placement');
create trigger created after insert on placement
	for each row execute function row_created('placement', 'wake');
create trigger keep before update on placement
	for each row execute function machine_kept('placement', '');

-- Publishes a computed round: the chosen run's rows become placements, all
-- or none. Returns how many. expected: the round's version that the caller
-- saw (null: any).
create function publish_round(
	p_consortium uuid, p_round uuid, p_run uuid, p_actor uuid,
	p_expected bigint
) returns bigint
language plpgsql as $$
declare
	r round;
	made bigint;
begin
	select * into r from round
	where consortium_id = p_consortium and id = p_round for update;
	if not found then
		raise exception 'no such round' using errcode = 'DK007';
	end if;
	if r.version <> p_expected then
		raise exception 'the round is at version %', r.version
			using errcode = 'DK006', detail = r.version::text;
	end if;
	if not exists (select from run where consortium_id = p_consortium
			and round_id = p_round and id = p_run
			and state = 'done') then
		raise exception 'the round has no such finished run'
			using errcode = 'DK005',
				constraint = 'round_run_is_done';
	end if;
	if r.state <> 'computed' then
		raise exception 'a round that is % cannot be published', r.state
			using errcode = 'DK001',
				detail = r.state || ' -> published';
	end if;
	update round set state = 'published', published_run_id = p_run,
		actor = p_actor
	where consortium_id = p_consortium and id = p_round;
	insert into placement (consortium_id, id, round_id, run_id, student_id,
		posting_id, enterprise_id, post_category_id, period_start,
		period_end, score, choice, created_by)
	select rp.consortium_id, rp.id, p_round, p_run, rp.student_id,
		rp.posting_id, p.enterprise_id, p.post_category_id,
		r.period_start, r.period_end, rp.score, rp.choice, p_actor
	from run_placement rp
	join posting p on p.consortium_id = rp.consortium_id
		and p.id = rp.posting_id
	where rp.consortium_id = p_consortium and rp.run_id = p_run;
	get diagnostics made = row_count;
	return made;
end;
$$;
