-- Appeals against a round that is published, and the end of a round: final,
-- once nothing is open any more.

insert into transition (machine, from_state, to_state, needs_reason) values
	('appeal', 'open', 'upheld', true),
	('appeal', 'open', 'refused', true),
	('appeal', 'open', 'withdrawn', false),
	('round', 'published', 'final', false);

alter table round
	drop constraint round_state_check,
	add constraint round_state_check check (state in ('draft', 'open',
		'closed', 'running', 'computed', 'published', 'final',
		'cancelled')),
	drop constraint round_published_names_run,
	add constraint round_published_names_run check (
		(state in ('published', 'final'))
		= (published_run_id is not null));

-- BEFORE UPDATE: what a final round came to stays so.
create trigger terms_final before update on round
	for each row when (old.state = 'final' and (old.published_run_id,
			old.decide_by, old.appeals_by) is distinct from
		(new.published_run_id, new.decide_by, new.appeals_by))
	execute function round_frozen();

create table appeal (
	consortium_id uuid not null,
	id uuid not null,
	round_id uuid not null,
	made_by text not null
		check (made_by in ('student', 'school', 'enterprise')),
	-- the student, school or enterprise that made it
	owner_id uuid not null,
	student_id uuid,
	posting_id uuid,
	grounds text not null check (grounds in ('data', 'eligibility',
		'capacity', 'procedure', 'other')),
	text text not null check (char_length(text) between 1 and 5000),
	answer text check (char_length(answer) between 1 and 5000),
	state text not null default 'open' check (state in
		('open', 'upheld', 'refused', 'withdrawn')),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	foreign key (consortium_id, round_id) references round,
	foreign key (consortium_id, student_id) references student,
	foreign key (consortium_id, posting_id) references posting,
	constraint appeal_is_about_one check (
		num_nonnulls(student_id, posting_id) = 1
		and (made_by = 'enterprise') = (posting_id is not null)
		and (made_by <> 'student' or owner_id = student_id)),
	constraint appeal_decided_has_answer check (
		(state in ('upheld', 'refused')) = (answer is not null)),
	constraint appeal_actor_is_emptied
		check (actor is null and reason is null)
);
-- one at a time of each party in each matter
create unique index appeal_one_open on appeal (consortium_id, round_id,
	owner_id, (coalesce(student_id, posting_id))) where state = 'open';
create index appeal_by_round on appeal (consortium_id, round_id, id);
create index appeal_by_student on appeal (consortium_id, student_id, id);

create trigger start before insert on appeal
	for each row when (new.state <> 'open')
	execute function start_refused('appeal');
create trigger created after insert on appeal
	for each row execute function row_created('appeal', 'wake');
create trigger keep before update on appeal
	for each row execute function machine_kept('appeal', '');

-- What was appealed and what was answered goes into the audit; the texts do
-- not, for they may be erased, but their hashes.
create function appeal_detail(a appeal) returns jsonb
language sql stable
return jsonb_build_object('round_id', a.round_id, 'made_by', a.made_by,
	'owner_id', a.owner_id, 'student_id', a.student_id,
	'posting_id', a.posting_id, 'grounds', a.grounds,
	'text_sha256', encode(sha256(convert_to(a.text, 'UTF8')), 'hex'),
	'answer', a.answer);

create function appeal_audited() returns trigger
language plpgsql as $$
begin
	perform audit_append(new.consortium_id,
		nobody_is_service(new.created_by), 'appeal.created', 'appeal',
		new.id, appeal_detail(new)::json);
	return null;
end;
$$;

create constraint trigger audited after insert on appeal
	deferrable initially deferred for each row
	execute function appeal_audited();

create function appeal_move_audited() returns trigger
language plpgsql as $$
begin
	perform audit_append(new.consortium_id, new.actor,
		'appeal.' || new.to_state, 'appeal', new.subject_id,
		(jsonb_build_object('from', new.from_state)
			|| appeal_detail(a))::json)
	from appeal a
	where a.consortium_id = new.consortium_id and a.id = new.subject_id;
	return null;
end;
$$;

create constraint trigger appeal_audited after insert on event
	deferrable initially deferred for each row
	when (new.machine = 'appeal')
	execute function appeal_move_audited();

-- A student, the school for its student, or an enterprise about its posting,
-- while the time lasts. The lock makes the end of the round wait.
create function make_appeal(
	p_consortium uuid, p_round uuid, p_id uuid, p_made_by text,
	p_owner uuid, p_student uuid, p_posting uuid, p_grounds text,
	p_text text, p_actor uuid
) returns void
language plpgsql as $$
declare
	r round;
begin
	select * into r from round
	where consortium_id = p_consortium and id = p_round
		and policy_version is not null for share;
	if not found then
		raise exception 'no such round' using errcode = 'DK007';
	elsif r.state <> 'published'
			or coalesce(r.appeals_by <= now(), true) then
		raise exception 'nobody appeals against this round now'
			using errcode = 'DK002';
	elsif p_made_by <> 'enterprise' and not exists (
			select from student s
			where s.consortium_id = p_consortium
				and s.id = p_student
				and p_owner in (s.id, s.school_id)) then
		raise exception 'not one''s own student'
			using errcode = '23514',
				constraint = 'appeal_student_is_ones_own';
	elsif p_made_by = 'enterprise' and not exists (
			select from posting p
			where p.consortium_id = p_consortium
				and p.id = p_posting
				and p.enterprise_id = p_owner
				and p.kind = 'internship') then
		raise exception 'not one''s own posting'
			using errcode = '23514',
				constraint = 'appeal_posting_is_ones_own';
	end if;
	insert into appeal (consortium_id, id, round_id, made_by, owner_id,
		student_id, posting_id, grounds, text, created_by)
	values (p_consortium, p_id, p_round, p_made_by, p_owner, p_student,
		p_posting, p_grounds, p_text, p_actor);
end;
$$;

-- p_owner: who made it takes it back; null: the office decides, but nobody
-- about what he made himself.
create function move_appeal(
	p_consortium uuid, p_round uuid, p_appeal uuid, p_owner uuid,
	p_state text, p_answer text, p_actor uuid
) returns void
language plpgsql as $$
declare
	a appeal;
begin
	select * into a from appeal
	where consortium_id = p_consortium and round_id = p_round
		and id = p_appeal and (p_owner is null or owner_id = p_owner)
	for update;
	if not found then
		raise exception 'no such appeal' using errcode = 'DK007';
	elsif a.state <> 'open' then
		raise exception '% cannot go from % to %', 'appeal', a.state,
			p_state
			using errcode = 'DK001',
				detail = a.state || ' -> ' || p_state;
	elsif p_owner is null and a.created_by = p_actor then
		raise exception 'nobody decides his own appeal'
			using errcode = 'DK002';
	end if;
	update appeal set state = p_state, answer = p_answer,
		reason = p_answer, actor = p_actor
	where consortium_id = p_consortium and id = p_appeal;
end;
$$;

-- AFTER UPDATE of a student who is erased: what was said of him goes, and
-- nobody is left to wait for an answer.
create function appeals_erased() returns trigger
language plpgsql as $$
begin
	update appeal set state = 'withdrawn', reason = 'erased',
		actor = '00000000-0000-0000-0000-000000000000'
	where consortium_id = new.consortium_id and student_id = new.id
		and state = 'open';
	update appeal set text = '-',
		actor = '00000000-0000-0000-0000-000000000000'
	where consortium_id = new.consortium_id and student_id = new.id;
	return null;
end;
$$;

create trigger appeals_erased after update on student
	for each row when (new.erased_at is not null and old.erased_at is null)
	execute function appeals_erased();

-- What a student, or the school for him, appealed: part of his own data.
create function student_appeals(consortium uuid, student uuid) returns jsonb
language sql stable
begin atomic
	select jsonb_build_object('appeals', coalesce(jsonb_agg(
		jsonb_build_object('id', a.id, 'round_id', a.round_id,
			'made_by', a.made_by, 'grounds', a.grounds,
			'text', a.text, 'state', a.state, 'answer', a.answer,
			'created_at', a.created_at) order by a.id), '[]'))
	from appeal a
	where a.consortium_id = consortium and a.student_id = student;
end;

-- The end of a round: nothing of it moves any more. Not while the time to
-- appeal lasts, an appeal waits, a proposal is to be answered or a run is on
-- its way. expected: the round's version that the caller saw.
create function finalize_round(
	p_consortium uuid, p_round uuid, p_actor uuid, p_expected bigint
) returns void
language plpgsql as $$
declare
	r round;
	why text;
begin
	select * into r from round
	where consortium_id = p_consortium and id = p_round for update;
	if not found then
		raise exception 'no such round' using errcode = 'DK007';
	elsif r.version <> p_expected then
		raise exception 'the round is at version %', r.version
			using errcode = 'DK006', detail = r.version::text;
	end if;
	why := case
		when r.state <> 'published' then null
		when r.appeals_by > now() then 'round_appeals_are_over'
		when exists (select from appeal a
			where a.consortium_id = p_consortium
				and a.round_id = p_round and a.state = 'open')
			then 'round_has_no_open_appeal'
		when exists (select from placement p
			where p.consortium_id = p_consortium
				and p.round_id = p_round
				and p.state = 'proposed')
			then 'round_is_answered'
		when exists (select from run u
			where u.consortium_id = p_consortium
				and u.round_id = p_round
				and u.state in ('queued', 'running'))
			then 'round_has_no_run' end;
	if why is not null then
		raise exception 'the round is not over'
			using errcode = 'DK005', constraint = why;
	end if;
	update round set state = 'final', actor = p_actor
	where consortium_id = p_consortium and id = p_round;
end;
$$;
