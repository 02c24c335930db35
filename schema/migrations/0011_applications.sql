-- The individual way to a place: applications, interviews, and to whom it is
-- told who a student is.

insert into transition (machine, from_state, to_state, needs_reason) values
	('application', 'applied', 'shortlisted', false),
	('application', 'applied', 'interviewing', false),
	('application', 'applied', 'offered', false),
	('application', 'applied', 'withdrawn', false),
	('application', 'applied', 'rejected', true),
	('application', 'applied', 'expired', false),
	('application', 'shortlisted', 'interviewing', false),
	('application', 'shortlisted', 'offered', false),
	('application', 'shortlisted', 'withdrawn', false),
	('application', 'shortlisted', 'rejected', true),
	('application', 'shortlisted', 'expired', false),
	('application', 'interviewing', 'offered', false),
	('application', 'interviewing', 'withdrawn', false),
	('application', 'interviewing', 'rejected', true),
	('application', 'interviewing', 'expired', false),
	('application', 'offered', 'shortlisted', false),
	('application', 'offered', 'hired', false),
	('application', 'offered', 'placed', false),
	('application', 'offered', 'withdrawn', false);

-- Under 18 today, by the calendar in China; also where nobody knows.
create function is_minor(birth_date date) returns boolean
language sql stable
return coalesce(birth_date > ((now() at time zone 'Asia/Shanghai')::date
	- interval '18 years'), true);

-- An enterprise is told a student's name and contact while a row of this
-- table is open, and not otherwise (Personal Information Protection Law 23):
-- for whom, for what, which kinds, since when. Its id is that of the
-- application or of the placement by which it was given.
create table disclosure (
	consortium_id uuid not null,
	id uuid not null,
	student_id uuid not null,
	enterprise_id uuid not null,
	-- recruitment: by an application; internship: by a placement
	purpose text not null
		check (purpose in ('recruitment', 'internship')),
	kinds text[] not null default array['name', 'phone', 'school',
		'specialty', 'entry_year', 'skills', 'certificates']
		check (cardinality(kinds) > 0
			and kinds <@ array['name', 'phone', 'school',
				'specialty', 'entry_year', 'skills',
				'certificates']),
	since timestamptz not null default now(),
	ended_at timestamptz,
	-- withdrawn: by the student; purpose-over: nothing left to decide
	ended_because text
		check (ended_because in ('withdrawn', 'purpose-over')),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id),
	foreign key (consortium_id, student_id) references student,
	foreign key (consortium_id, enterprise_id) references enterprise,
	constraint disclosure_end_says_why
		check ((ended_at is null) = (ended_because is null)),
	constraint disclosure_actor_is_emptied check (actor is null)
);
create unique index disclosure_one_open on disclosure
	(consortium_id, student_id, enterprise_id, purpose)
	where ended_at is null;
create index disclosure_by_student on disclosure
	(consortium_id, student_id, id);

create trigger created after insert on disclosure
	for each row execute function row_created('disclosure', 'wake');
create trigger keep before update on disclosure
	for each row execute function row_kept('disclosure');

create function is_disclosed(consortium uuid, student uuid, enterprise uuid)
returns boolean
language sql stable
begin atomic
	select exists (select from disclosure d
		where d.consortium_id = consortium and d.student_id = student
			and d.enterprise_id = enterprise
			and d.ended_at is null);
end;

-- One that is open already stays as it is.
create function disclose(
	p_consortium uuid, p_student uuid, p_enterprise uuid, p_purpose text,
	p_id uuid, p_actor uuid
) returns void
language sql
begin atomic
	insert into disclosure (consortium_id, id, student_id, enterprise_id,
		purpose, created_by)
	values (p_consortium, p_id, p_student, p_enterprise, p_purpose,
		p_actor)
	on conflict do nothing;
end;

create table application (
	consortium_id uuid not null,
	id uuid not null,
	student_id uuid not null,
	posting_id uuid not null,
	-- the posting's
	enterprise_id uuid not null,
	message text check (char_length(message) between 1 and 2000),
	-- of the pair, on the day of the application
	score integer not null check (score between 0 and 10000),
	policy_version integer not null check (policy_version >= 0),
	-- it expires then, unless something is decided before
	lapses_at timestamptz not null default now() + interval '90 days',
	state text not null default 'applied' check (state in ('applied',
		'shortlisted', 'interviewing', 'offered', 'hired', 'placed',
		'withdrawn', 'rejected', 'expired')),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	foreign key (consortium_id, student_id) references student,
	foreign key (consortium_id, posting_id) references posting,
	foreign key (consortium_id, enterprise_id) references enterprise,
	constraint application_actor_is_emptied
		check (actor is null and reason is null)
);
-- one at a time to each posting; who has the place does not apply again
create unique index application_one_open on application
	(consortium_id, student_id, posting_id)
	where state not in ('withdrawn', 'rejected', 'expired');
create index application_by_student on application
	(consortium_id, student_id, id);
create index application_by_posting on application
	(consortium_id, posting_id, id);
create index application_by_enterprise on application
	(consortium_id, enterprise_id, id);
create index application_to_expire on application (lapses_at)
	where state in ('applied', 'shortlisted', 'interviewing');

-- AFTER INSERT: whoever applies says to the enterprise who he is.
create function application_made() returns trigger
language plpgsql as $$
begin
	perform disclose(new.consortium_id, new.student_id, new.enterprise_id,
		'recruitment', new.id, new.created_by);
	return null;
end;
$$;

-- BEFORE UPDATE, ahead of `keep`, which empties the actor. With the last
-- application that was open the purpose is over.
create function application_moves() returns trigger
language plpgsql as $$
begin
	new.lapses_at := now() + interval '90 days';
	if new.state in ('withdrawn', 'rejected', 'expired') and not exists (
			select from application a
			where a.consortium_id = new.consortium_id
				and a.student_id = new.student_id
				and a.enterprise_id = new.enterprise_id
				and a.id <> new.id and a.state not in
				('withdrawn', 'rejected', 'expired')) then
		update disclosure set ended_at = now(),
			ended_because = 'purpose-over', actor = new.actor
		where consortium_id = new.consortium_id
			and student_id = new.student_id
			and enterprise_id = new.enterprise_id
			and purpose = 'recruitment' and ended_at is null;
	end if;
	return new;
end;
$$;

create trigger start before insert on application
	for each row when (new.state <> 'applied')
	execute function start_refused('application');
create trigger created after insert on application
	for each row execute function row_created('application', 'wake');
create trigger disclosed after insert on application
	for each row execute function application_made();
create trigger ahead before update on application
	for each row when (new.state <> old.state)
	execute function application_moves();
create trigger keep before update on application
	for each row execute function machine_kept('application', '');

create table interview (
	consortium_id uuid not null,
	id uuid not null,
	application_id uuid not null,
	at timestamptz not null,
	-- an address, or a link
	place text not null check (char_length(place) between 1 and 200),
	note text check (char_length(note) between 1 and 2000),
	created_at timestamptz not null default now(),
	created_by uuid,
	primary key (consortium_id, id),
	foreign key (consortium_id, application_id) references application
);
create index interview_by_application on interview
	(consortium_id, application_id, id);

-- The application, locked. p_owner: its student, or its enterprise.
create function application_of(
	p_consortium uuid, p_application uuid, p_owner uuid
) returns application
language plpgsql as $$
declare
	a application;
begin
	select * into a from application
	where consortium_id = p_consortium and id = p_application
		and p_owner in (student_id, enterprise_id)
	for update;
	if not found then
		raise exception 'no such application' using errcode = 'DK007';
	end if;
	return a;
end;
$$;

create function move_application(
	p_consortium uuid, p_application uuid, p_owner uuid, p_state text,
	p_reason text, p_actor uuid
) returns void
language plpgsql as $$
declare
	a application;
begin
	a := application_of(p_consortium, p_application, p_owner);
	if a.state = p_state then
		raise exception '% cannot go from % to %', 'application',
			a.state, p_state
			using errcode = 'DK001',
				detail = a.state || ' -> ' || p_state;
	end if;
	update application set state = p_state, reason = p_reason,
		actor = p_actor
	where consortium_id = p_consortium and id = p_application;
end;
$$;

-- Another interview is no other state.
create function call_to_interview(
	p_consortium uuid, p_application uuid, p_enterprise uuid,
	p_id uuid, p_at timestamptz, p_place text, p_note text, p_actor uuid
) returns void
language plpgsql as $$
declare
	a application;
begin
	a := application_of(p_consortium, p_application, p_enterprise);
	if p_at <= now() then
		raise exception 'the interview is over already'
			using errcode = '23514',
				constraint = 'interview_is_ahead';
	end if;
	insert into interview (consortium_id, id, application_id, at, place,
		note, created_by)
	values (p_consortium, p_id, p_application, p_at, p_place, p_note,
		p_actor);
	update application set state = 'interviewing', actor = p_actor,
		lapses_at = now() + interval '90 days'
	where consortium_id = p_consortium and id = p_application;
end;
$$;
