-- Editions of the three lists: drawn up by the rule with its evidence, which
-- never changes afterwards; commented on by schools; decided; published.

insert into transition (machine, from_state, to_state, needs_reason) values
	('specialty_list', 'draft', 'comment', false),
	('specialty_list', 'comment', 'decided', false),
	('specialty_list', 'decided', 'published', false),
	('specialty_list', 'draft', 'cancelled', true),
	('specialty_list', 'comment', 'cancelled', true),
	('specialty_list', 'decided', 'cancelled', true),
	('specialty_appeal', 'open', 'upheld', true),
	('specialty_appeal', 'open', 'refused', true),
	('specialty_appeal', 'open', 'withdrawn', false);

create table specialty_list (
	consortium_id uuid not null,
	id uuid not null,
	name text not null check (char_length(name) between 1 and 100),
	-- the last cohort
	year smallint not null check (year between 2000 and 2100),
	policy_version integer,
	-- the rule with its thresholds, as it was
	rule json not null,
	comments_by timestamptz,
	state text not null default 'draft' check (state in ('draft',
		'comment', 'decided', 'published', 'cancelled')),
	published_at timestamptz,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	foreign key (consortium_id, policy_version) references policy
		(consortium_id, version),
	constraint specialty_list_comment_has_end check (state in ('draft',
		'cancelled') or comments_by is not null),
	constraint specialty_list_published_is_timed check (
		(state = 'published') = (published_at is not null)),
	constraint specialty_list_actor_is_emptied
		check (actor is null and reason is null)
);

create trigger start before insert on specialty_list
	for each row when (new.state <> 'draft')
	execute function start_refused('specialty_list');
create trigger created after insert on specialty_list
	for each row execute function row_created('specialty_list', 'quiet');
create trigger keep before update on specialty_list
	for each row execute function machine_kept('specialty_list', 'draft');

-- What the rule found of a specialty, of all schools (no school_id) or of one,
-- and what was decided where that is something else.
create table specialty_entry (
	consortium_id uuid not null,
	id uuid not null,
	list_id uuid not null,
	specialty_code text not null references specialty_node,
	level text not null check (level in ('secondary', 'associate',
		'bachelor')),
	school_id uuid,
	outcome text not null check (outcome in ('too-few', 'restrict',
		'strengthen', 'upgrade', 'none')),
	is_hidden boolean not null,
	is_stable boolean not null,
	with_more text not null,
	with_fewer text,
	cohorts integer not null,
	graduates integer not null,
	-- for everybody, and for the school
	evidence json not null,
	own_evidence json,
	decided_outcome text check (decided_outcome in ('restrict',
		'strengthen', 'upgrade', 'none')),
	decided_why text check (char_length(decided_why) between 1 and 2000),
	decided_at timestamptz,
	decided_by uuid,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id),
	foreign key (consortium_id, list_id) references specialty_list,
	foreign key (consortium_id, school_id) references school,
	constraint specialty_entry_own_is_of_a_school check (
		(school_id is null) = (own_evidence is null)),
	constraint specialty_entry_decision_is_whole check (
		num_nonnulls(decided_outcome, decided_why, decided_at,
			decided_by) in (0, 4)),
	constraint specialty_entry_decision_differs check (
		decided_outcome is null or decided_outcome <> outcome),
	constraint specialty_entry_actor_is_emptied check (actor is null)
);
create unique index specialty_entry_once on specialty_entry (consortium_id,
	list_id, specialty_code, school_id) nulls not distinct;

create trigger keep before update on specialty_entry
	for each row execute function row_kept('specialty_entry');

-- BEFORE UPDATE: what the rule found, and of what, stays.
create function specialty_entry_stays() returns trigger
language plpgsql as $$
begin
	raise exception 'what the rule found stays as it was found'
		using errcode = 'DK003';
end;
$$;

create trigger stays before update on specialty_entry
	for each row when ((old.consortium_id, old.id, old.list_id,
			old.specialty_code, old.level, old.school_id,
			old.outcome, old.is_hidden, old.is_stable,
			old.with_more, old.with_fewer, old.cohorts,
			old.graduates, old.evidence::text,
			old.own_evidence::text)
		is distinct from (new.consortium_id, new.id, new.list_id,
			new.specialty_code, new.level, new.school_id,
			new.outcome, new.is_hidden, new.is_stable,
			new.with_more, new.with_fewer, new.cohorts,
			new.graduates, new.evidence::text,
			new.own_evidence::text))
	execute function specialty_entry_stays();
create trigger stays_there before delete on specialty_entry
	for each row execute function specialty_entry_stays();
create trigger list_stays before update on specialty_list
	for each row when ((old.consortium_id, old.id, old.name, old.year,
			old.policy_version, old.rule::text)
		is distinct from (new.consortium_id, new.id, new.name,
			new.year, new.policy_version, new.rule::text))
	execute function specialty_entry_stays();

-- What a school says of an entry: asking for another outcome it appeals, else
-- it comments. The office answers each.
create table specialty_appeal (
	consortium_id uuid not null,
	id uuid not null,
	list_id uuid not null,
	entry_id uuid not null,
	school_id uuid not null,
	asks text check (asks in ('restrict', 'strengthen', 'upgrade',
		'none')),
	text text not null check (char_length(text) between 1 and 5000),
	answer text check (char_length(answer) between 1 and 2000),
	state text not null default 'open' check (state in
		('open', 'upheld', 'refused', 'withdrawn')),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	foreign key (consortium_id, list_id) references specialty_list,
	foreign key (consortium_id, entry_id) references specialty_entry,
	foreign key (consortium_id, school_id) references school,
	constraint specialty_appeal_answered_says_what check (
		(state in ('upheld', 'refused')) = (answer is not null)),
	constraint specialty_appeal_actor_is_emptied
		check (actor is null and reason is null)
);
create unique index specialty_appeal_one_open on specialty_appeal
	(consortium_id, entry_id, school_id) where state = 'open';
create index specialty_appeal_by_list on specialty_appeal (consortium_id,
	list_id, id);

create trigger start before insert on specialty_appeal
	for each row when (new.state <> 'open')
	execute function start_refused('specialty_appeal');
create trigger created after insert on specialty_appeal
	for each row execute function row_created('specialty_appeal', 'wake');
create trigger keep before update on specialty_appeal
	for each row execute function machine_kept('specialty_appeal', '');

-- ---- the audit ----

-- The hash is of the entries in the order of their ids: of each its id, what
-- the rule found, what stands, and the evidence, and a newline.
create function specialty_list_detail(p_consortium uuid, p_list uuid)
returns jsonb
language sql stable
begin atomic
	select jsonb_build_object('name', l.name, 'year', l.year,
		'policy_version', l.policy_version,
		'comments_by', l.comments_by,
		'entries', e.count, 'entries_sha256', e.hash)
	from specialty_list l
	cross join lateral (
		select count(*) as count, encode(sha256(convert_to(
				coalesce(string_agg(x.id || ' '
					|| x.outcome || ' ' || coalesce(
					x.decided_outcome, x.outcome) || ' '
					|| x.evidence || chr(10), ''
					order by x.id), ''), 'UTF8')),
				'hex') as hash
		from specialty_entry x
		where x.consortium_id = p_consortium and x.list_id = p_list) e
	where l.consortium_id = p_consortium and l.id = p_list;
end;

create function specialty_list_audited() returns trigger
language plpgsql as $$
begin
	perform audit_append(new.consortium_id,
		nobody_is_service(new.created_by), 'specialty_list.created',
		'specialty_list', new.id, specialty_list_detail(
			new.consortium_id, new.id)::json);
	return null;
end;
$$;
create constraint trigger audited after insert on specialty_list
	deferrable initially deferred for each row
	execute function specialty_list_audited();

create function specialty_list_move_audited() returns trigger
language plpgsql as $$
begin
	perform audit_append(new.consortium_id, new.actor,
		'specialty_list.' || new.to_state, 'specialty_list',
		new.subject_id, (jsonb_build_object('from', new.from_state,
			'reason', new.reason) || specialty_list_detail(
			new.consortium_id, new.subject_id))::json);
	return null;
end;
$$;
create constraint trigger specialty_list_audited after insert on event
	deferrable initially deferred for each row
	when (new.machine = 'specialty_list')
	execute function specialty_list_move_audited();

create function specialty_entry_audited() returns trigger
language plpgsql as $$
begin
	perform audit_append(new.consortium_id, coalesce(new.decided_by,
			old.decided_by), 'specialty_entry.decided',
		'specialty_entry', new.id, json_build_object(
			'list_id', new.list_id,
			'specialty', new.specialty_code,
			'school_id', new.school_id, 'rule', new.outcome,
			'before', old.decided_outcome,
			'after', new.decided_outcome,
			'why', new.decided_why));
	return null;
end;
$$;
create constraint trigger audited after update on specialty_entry
	deferrable initially deferred for each row
	execute function specialty_entry_audited();

create function specialty_appeal_detail(p_consortium uuid, p_appeal uuid)
returns jsonb
language sql stable
begin atomic
	select jsonb_build_object('list_id', a.list_id,
		'entry_id', a.entry_id, 'school_id', a.school_id,
		'asks', a.asks, 'text_sha256', encode(sha256(
			convert_to(a.text, 'UTF8')), 'hex'),
		'answer', a.answer)
	from specialty_appeal a
	where a.consortium_id = p_consortium and a.id = p_appeal;
end;

create function specialty_appeal_audited() returns trigger
language plpgsql as $$
begin
	perform audit_append(new.consortium_id,
		nobody_is_service(new.created_by), 'specialty_appeal.created',
		'specialty_appeal', new.id, specialty_appeal_detail(
			new.consortium_id, new.id)::json);
	return null;
end;
$$;
create constraint trigger audited after insert on specialty_appeal
	deferrable initially deferred for each row
	execute function specialty_appeal_audited();

create function specialty_appeal_move_audited() returns trigger
language plpgsql as $$
begin
	perform audit_append(new.consortium_id, new.actor,
		'specialty_appeal.' || new.to_state, 'specialty_appeal',
		new.subject_id, (jsonb_build_object('from', new.from_state)
			|| specialty_appeal_detail(new.consortium_id,
				new.subject_id))::json);
	return null;
end;
$$;
create constraint trigger specialty_appeal_audited after insert on event
	deferrable initially deferred for each row
	when (new.machine = 'specialty_appeal')
	execute function specialty_appeal_move_audited();
