-- Files brought in: the file itself in pieces, the import that is made of it,
-- and what became of each of its rows.

insert into transition (machine, from_state, to_state, needs_reason) values
	('import', 'receiving', 'queued', false),
	('import', 'queued', 'running', false),
	('import', 'running', 'done', false),
	('import', 'running', 'failed', false);

-- A worker holds it by a lease, like a run; its updates name worker and
-- attempt. Where a worker died another goes on: `reading` begins anew,
-- `checking` looks at what is still sound, `writing` goes on with what is not
-- written yet (or, of all or nothing, had not begun).
create table import (
	consortium_id uuid not null references consortium,
	id uuid not null,
	kind text not null
		check (kind in ('students', 'enterprises', 'postings')),
	mode text not null
		check (mode in ('all_or_nothing', 'upsert', 'dry_run')),
	media_type text not null check (media_type in ('text/csv',
		'application/jsonl', 'application/vnd.openxmlformats-'
		'officedocument.spreadsheetml.sheet')),
	lets_others_be boolean not null default false,
	-- the school or enterprise it is for; null: the consortium's office
	owner_id uuid,
	bytes bigint not null check (bytes >= 0),
	state text not null default 'receiving' check (state in
		('receiving', 'queued', 'running', 'done', 'failed')),
	phase text check (phase in ('reading', 'checking', 'writing')),
	encoding text check (encoding in ('UTF-8', 'GB18030')),
	-- the names of the columns, as the file has them
	header json,
	rows_read integer not null default 0,
	rows_done integer not null default 0
		constraint import_rows_done_were_read
		check (rows_done between 0 and rows_read),
	rows_rejected integer not null default 0
		constraint import_rows_rejected_were_read
		check (rows_rejected between 0 and rows_read),
	counts json,
	errors jsonb,
	worker text check (char_length(worker) between 1 and 100),
	attempt integer not null default 0 check (attempt >= 0),
	lease_until timestamptz,
	heartbeat_at timestamptz,
	started_at timestamptz,
	finished_at timestamptz,
	-- its file and rows have been taken away
	is_cleared boolean not null default false,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid not null,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	constraint import_running_is_held check (state <> 'running' or (
		worker is not null and lease_until is not null
		and started_at is not null and attempt > 0)),
	constraint import_ended_is_timed check
		((state in ('done', 'failed')) = (finished_at is not null)),
	constraint import_done_is_counted
		check (state <> 'done' or counts is not null),
	constraint import_failed_says_why
		check (state <> 'failed' or errors is not null),
	constraint import_actor_is_emptied
		check (actor is null and reason is null)
);
create index import_to_take on import (created_at)
	where state in ('queued', 'running');
create index import_to_clear on import (created_at) where not is_cleared;

-- The bytes of the file, in order from 0.
create table import_chunk (
	consortium_id uuid not null,
	import_id uuid not null,
	number integer not null check (number >= 0),
	bytes bytea not null check (octet_length(bytes) > 0),
	primary key (consortium_id, import_id, number),
	foreign key (consortium_id, import_id) references import
		on delete cascade
);
-- Compressing what is read once or twice costs more than it saves.
alter table import_chunk alter column bytes set storage external;

create table import_row (
	consortium_id uuid not null,
	import_id uuid not null,
	-- from 0, by their order in the file
	n integer not null check (n >= 0),
	-- as a spreadsheet shows it
	number bigint not null check (number > 0),
	-- what tells it from others of the file, and is known elsewhere by
	key text,
	status text not null check (status in ('sound', 'rejected', 'created',
		'updated', 'unchanged', 'would_create', 'would_update',
		'not_written')),
	subject_id uuid,
	-- [{column, code, english, chinese, suggestions}]
	errors jsonb not null default '[]',
	cells json not null,
	-- what will be written of it
	row_values json,
	primary key (consortium_id, import_id, n),
	foreign key (consortium_id, import_id) references import
		on delete cascade,
	constraint import_row_sound_has_values
		check (status <> 'sound' or row_values is not null),
	constraint import_row_rejected_says_why
		check ((status = 'rejected') = (errors <> '[]'))
);

create trigger start before insert on import
	for each row when (new.state <> 'receiving')
	execute function start_refused('import');
create trigger created after insert on import
	for each row execute function row_created('import', 'quiet');
create trigger keep before update on import
	for each row when (new.state <> old.state or new.actor is not null)
	execute function machine_kept('import', '');

-- Errors as they are kept, with their words in both languages, as they are
-- told in one of them: 'english' or 'chinese'. null if there are none.
create function import_errors(errors jsonb, language text) returns jsonb
language sql immutable parallel safe
return (
	select jsonb_agg(jsonb_build_object('column', e -> 'column',
		'code', e -> 'code', 'detail', e -> language)
		|| case when e ? 'suggestions' then jsonb_build_object(
			'suggestions', e -> 'suggestions') else '{}' end)
	from jsonb_array_elements(errors) e);
