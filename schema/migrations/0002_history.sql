-- How rows change, and what is remembered of it: versions, state machines,
-- events, the outbox, the audit.
--
-- The envelope. A statement says who acts by setting `actor` (the account;
-- the nil UUID for the service itself) and, where a state changes, `reason`.
-- The trigger `keep` reads both, writes the history and empties them again,
-- so that a later statement that forgets its actor is found out and never
-- inherits the one before. An INSERT says `created_by` instead.
--
-- `keep` also adds one to `version` (the ETag) and sets `updated_at`.
--
-- SQLSTATEs of our own; DETAIL or the constraint name says more:
--   DK001  this state does not follow that one
--   DK002  frozen: it no longer changes in this state
--   DK003  append-only: it never changes
--   DK004  the statement named no actor
--   DK005  a precondition does not hold (constraint name: which)
--   DK006  stale version
--   DK007  no such row

create table transition (
	machine text not null,
	from_state text not null,
	to_state text not null,
	needs_reason boolean not null default false,
	primary key (machine, from_state, to_state),
	constraint transition_moves check (from_state <> to_state)
);

insert into transition (machine, from_state, to_state, needs_reason) values
	('enterprise', 'unverified', 'verified', false),
	('enterprise', 'unverified', 'rejected', true),
	('enterprise', 'rejected', 'unverified', false),
	('enterprise', 'rejected', 'verified', false),
	('enterprise', 'verified', 'unverified', true),
	('enterprise', 'verified', 'suspended', true),
	('enterprise', 'suspended', 'verified', false),
	('student', 'active', 'graduated', false),
	('student', 'active', 'left', true),
	('student', 'left', 'active', false),
	('student', 'graduated', 'active', true),
	('posting', 'draft', 'published', false),
	('posting', 'published', 'closed', false),
	('posting', 'published', 'expired', false),
	('posting', 'closed', 'published', false),
	('posting', 'expired', 'published', false),
	('round', 'draft', 'open', false),
	('round', 'open', 'closed', false),
	('round', 'closed', 'running', false),
	('round', 'running', 'computed', false),
	('round', 'running', 'closed', true),
	('round', 'computed', 'running', false),
	('round', 'computed', 'published', false),
	('round', 'draft', 'cancelled', true),
	('round', 'open', 'cancelled', true),
	('round', 'closed', 'cancelled', true),
	('round', 'computed', 'cancelled', true),
	('run', 'queued', 'running', false),
	('run', 'queued', 'failed', false),
	('run', 'running', 'queued', false),
	('run', 'running', 'done', false),
	('run', 'running', 'failed', false),
	('placement', 'proposed', 'accepted', false),
	('placement', 'proposed', 'declined', true),
	('placement', 'proposed', 'terminated', true),
	('placement', 'accepted', 'agreement_signed', false),
	('placement', 'accepted', 'terminated', true),
	('placement', 'agreement_signed', 'started', false),
	('placement', 'agreement_signed', 'terminated', true),
	('placement', 'started', 'completed', false),
	('placement', 'started', 'terminated', true);

-- Every change of a state, for ever.
create table event (
	consortium_id uuid not null,
	machine text not null,
	subject_id uuid not null,
	id bigint generated always as identity (cache 32),
	at timestamptz not null default now(),
	actor uuid not null,
	from_state text not null,
	to_state text not null,
	reason text,
	primary key (consortium_id, subject_id, id)
);

-- The outbox: one row per change, written by the triggers. Values of `id`
-- commit out of order, so a reader asks one consortium at a time for
--
--   where consortium_id = $1 and (xid, id) > ($2, $3)
--     and xid < pg_snapshot_xmin(pg_current_snapshot())
--   order by xid, id limit $4
--
-- and keeps the last (xid, id): all that is below the fence has ended, so
-- nothing can slip in behind. NOTIFY duikou_change (payload: consortium_id)
-- only says that looking is worth it. A row may still be behind the fence
-- when it is announced, and what wakes nobody (drafts, wishes) is not
-- announced, because NOTIFY makes commits queue for each other: readers look
-- again after a while anyway.
create table change (
	consortium_id uuid not null,
	xid xid8 not null default pg_current_xact_id(),
	id bigint generated always as identity (cache 32),
	at timestamptz not null default now(),
	topic text not null,
	subject_id uuid not null,
	-- created, updated, deleted, or the state it went to
	kind text not null,
	version bigint,
	actor uuid,
	payload jsonb,
	primary key (consortium_id, xid, id)
);

-- AFTER INSERT. Arguments: topic, 'wake' or 'quiet'.
create function row_created() returns trigger
language plpgsql as $$
begin
	insert into change (consortium_id, topic, subject_id, kind, version,
		actor)
	values (new.consortium_id, tg_argv[0], new.id, 'created', new.version,
		new.created_by);
	if tg_argv[1] = 'wake' then
		perform pg_notify('duikou_change', new.consortium_id::text);
	end if;
	return null;
end;
$$;

-- AFTER DELETE. Argument: topic.
create function row_deleted() returns trigger
language plpgsql as $$
begin
	insert into change (consortium_id, topic, subject_id, kind, version)
	values (old.consortium_id, tg_argv[0], old.id, 'deleted', old.version);
	perform pg_notify('duikou_change', old.consortium_id::text);
	return null;
end;
$$;

-- BEFORE UPDATE, for rows without a state. Argument: topic.
create function row_kept() returns trigger
language plpgsql as $$
begin
	new.version := old.version + 1;
	new.updated_at := now();
	insert into change (consortium_id, topic, subject_id, kind, version,
		actor)
	values (new.consortium_id, tg_argv[0], new.id, 'updated', new.version,
		new.actor);
	perform pg_notify('duikou_change', new.consortium_id::text);
	new.actor := null;
	return new;
end;
$$;

-- Refuses a state that does not follow, else writes the event.
create function state_moves(
	machine text, consortium uuid, subject uuid, from_state text,
	to_state text, actor uuid, reason text
) returns void
language plpgsql as $$
declare
	allowed transition;
begin
	select * into allowed from transition t
	where t.machine = $1 and t.from_state = $4 and t.to_state = $5;
	if not found then
		raise exception '% cannot go from % to %', $1, $4, $5
			using errcode = 'DK001', detail = $4 || ' -> ' || $5;
	end if;
	if actor is null then
		raise exception 'nobody is named who moves this %', $1
			using errcode = 'DK004';
	end if;
	if allowed.needs_reason and coalesce(btrim(reason), '') = '' then
		raise exception '% to % needs a reason', $1, $5
			using errcode = 'DK005', constraint = 'reason_given';
	end if;
	insert into event (consortium_id, machine, subject_id, actor,
		from_state, to_state, reason)
	values ($2, $1, $3, $6, $4, $5, $7);
end;
$$;

-- BEFORE UPDATE, for rows with a state. Arguments: machine (also the topic),
-- the state in which a change wakes nobody ('' if there is none).
create function machine_kept() returns trigger
language plpgsql as $$
declare
	kind text := 'updated';
begin
	if new.state <> old.state then
		kind := new.state;
		perform state_moves(tg_argv[0], new.consortium_id, new.id,
			old.state, new.state, new.actor, new.reason);
	end if;
	new.version := old.version + 1;
	new.updated_at := now();
	insert into change (consortium_id, topic, subject_id, kind, version,
		actor)
	values (new.consortium_id, tg_argv[0], new.id, kind, new.version,
		new.actor);
	if new.state <> tg_argv[1] then
		perform pg_notify('duikou_change', new.consortium_id::text);
	end if;
	new.actor := null;
	new.reason := null;
	return new;
end;
$$;

-- BEFORE INSERT, when the state is not the machine's first.
create function start_refused() returns trigger
language plpgsql as $$
begin
	raise exception 'a new % cannot be %', tg_argv[0], new.state
		using errcode = 'DK001', detail = 'new -> ' || new.state;
end;
$$;

create function append_only() returns trigger
language plpgsql as $$
begin
	raise exception '% is append-only: no %', tg_table_name, lower(tg_op)
		using errcode = 'DK003';
end;
$$;

create trigger append_only before update or delete on event
	for each row execute function append_only();
create trigger append_only_whole before truncate on event
	for each statement execute function append_only();

-- The audit: a chain per consortium. hash = SHA-256 over the fields, each as
-- its length in bytes, a colon and its text; an absent one is '-'. Anyone
-- who has the rows can recompute it (audit_hash says the order). `detail` is
-- json, not jsonb, so that the bytes hashed are the bytes kept.
create table audit (
	consortium_id uuid not null,
	seq bigint not null,
	at timestamptz not null,
	actor uuid not null,
	action text not null check (action <> ''),
	subject_kind text not null,
	subject_id uuid,
	detail json not null default '{}',
	prev_hash bytea not null check (octet_length(prev_hash) = 32),
	hash bytea not null check (octet_length(hash) = 32),
	primary key (consortium_id, seq)
);
create index audit_by_subject on audit (consortium_id, subject_id, seq);

-- The end of each chain: found without a search, and locked by the writer,
-- so that two cannot take the same number.
create table audit_head (
	consortium_id uuid primary key,
	seq bigint not null,
	hash bytea not null
);

create function audit_field(value text) returns text
language sql immutable parallel safe
return coalesce(octet_length(value) || ':' || value, '-');

create function audit_hash(entry audit) returns bytea
language sql stable
return sha256(entry.prev_hash || convert_to(
	audit_field(entry.consortium_id::text)
	|| audit_field(entry.seq::text)
	|| audit_field((extract(epoch from entry.at) * 1000000)::bigint::text)
	|| audit_field(entry.actor::text)
	|| audit_field(entry.action)
	|| audit_field(entry.subject_kind)
	|| audit_field(entry.subject_id::text)
	|| audit_field(entry.detail::text), 'UTF8'));

-- BEFORE INSERT: what the writer gave for seq, at and the hashes counts for
-- nothing.
create function audit_chained() returns trigger
language plpgsql as $$
declare
	head audit_head;
begin
	insert into audit_head as h (consortium_id, seq, hash)
	values (new.consortium_id, 1, decode(repeat('00', 32), 'hex'))
	on conflict (consortium_id) do update set seq = h.seq + 1
	returning * into head;
	new.seq := head.seq;
	new.at := clock_timestamp();
	new.prev_hash := head.hash;
	new.hash := audit_hash(new);
	update audit_head set hash = new.hash
	where consortium_id = new.consortium_id;
	return new;
end;
$$;

create trigger chained before insert on audit
	for each row execute function audit_chained();
create trigger append_only before update or delete on audit
	for each row execute function append_only();
create trigger append_only_whole before truncate on audit
	for each statement execute function append_only();

-- The way to write it: one entry, its number returned.
create function audit_append(
	consortium uuid, actor uuid, action text, subject_kind text,
	subject_id uuid, detail json
) returns bigint
language sql
begin atomic
	insert into audit (consortium_id, seq, at, actor, action,
		subject_kind, subject_id, detail, prev_hash, hash)
	values ($1, 0, now(), $2, $3, $4, $5, coalesce($6, '{}'), '', '')
	returning seq;
end;

-- The number of the first entry that does not fit the chain (one past the
-- last when the tail was cut off), or null when all is sound.
create function audit_first_fault(consortium uuid) returns bigint
language sql stable
begin atomic
	with walked as (
		select a.seq, a.hash = audit_hash(a) as is_own,
			a.prev_hash = lag(a.hash, 1,
				decode(repeat('00', 32), 'hex'))
				over (order by a.seq) as is_linked,
			a.seq = row_number() over (order by a.seq) as is_next
		from audit a where a.consortium_id = consortium
	), tail as (
		select coalesce(max(seq), 0) as seq from walked
	)
	select min(f.seq) from (
		select seq from walked
		where not (is_own and is_linked and is_next)
		union all
		select tail.seq + 1 from tail
		where tail.seq <> coalesce((select h.seq from audit_head h
			where h.consortium_id = consortium), 0)
	) f;
end;
