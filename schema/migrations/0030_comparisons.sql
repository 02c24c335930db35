-- Comparisons: both modes on what a run was made of, and what they would come
-- to with other caps, floors and capacities. A worker makes them, like runs;
-- nothing comes of them but what they say.

insert into transition (machine, from_state, to_state, needs_reason) values
	('comparison', 'queued', 'running', false),
	('comparison', 'running', 'done', false),
	('comparison', 'running', 'failed', false);

create table comparison (
	consortium_id uuid not null,
	id uuid not null,
	round_id uuid not null,
	run_id uuid not null,
	-- [{set, id, to}], in the order that they were told
	changes jsonb not null default '[]',
	state text not null default 'queued'
		check (state in ('queued', 'running', 'done', 'failed')),
	worker text check (char_length(worker) between 1 and 100),
	attempt integer not null default 0 check (attempt >= 0),
	lease_until timestamptz,
	heartbeat_at timestamptz,
	started_at timestamptz,
	finished_at timestamptz,
	-- format duikou-placement-comparison/1
	report json,
	error text check (char_length(error) between 1 and 2000),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid not null,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	foreign key (consortium_id, round_id, run_id)
		references run (consortium_id, round_id, id),
	constraint comparison_running_is_held check (state <> 'running' or (
		worker is not null and lease_until is not null
		and started_at is not null and attempt > 0)),
	constraint comparison_ended_is_timed check
		((state in ('done', 'failed')) = (finished_at is not null)),
	constraint comparison_done_is_told
		check ((state = 'done') = (report is not null)),
	constraint comparison_failed_says_why
		check ((state = 'failed') = (error is not null)),
	constraint comparison_actor_is_emptied
		check (actor is null and reason is null)
);
create index comparison_to_take on comparison (created_at)
	where state in ('queued', 'running');
create index comparison_by_round on comparison (consortium_id, round_id, id);

create trigger start before insert on comparison
	for each row when (new.state <> 'queued')
	execute function start_refused('comparison');
create trigger created after insert on comparison
	for each row execute function row_created('comparison', 'wake');
create trigger keep before update on comparison
	for each row when (new.state <> old.state or new.actor is not null)
	execute function machine_kept('comparison', '');
