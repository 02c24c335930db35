-- Complaints: a student's about an enterprise, or an enterprise's about a
-- student that it knows. The office answers; whom it is about does not see it.

insert into transition (machine, from_state, to_state, needs_reason) values
	('complaint', 'open', 'answered', false),
	('complaint', 'open', 'closed', true),
	('complaint', 'answered', 'closed', false);

create table complaint (
	consortium_id uuid not null,
	id uuid not null,
	made_by text not null check (made_by in ('student', 'enterprise')),
	student_id uuid not null,
	enterprise_id uuid not null,
	subject text not null check (subject in ('pay', 'hours', 'safety',
		'fees', 'discrimination', 'personal-data', 'conduct',
		'absence', 'other')),
	text text not null check (char_length(text) between 1 and 5000),
	answer text check (char_length(answer) between 1 and 5000),
	state text not null default 'open'
		check (state in ('open', 'answered', 'closed')),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	foreign key (consortium_id, student_id) references student,
	foreign key (consortium_id, enterprise_id) references enterprise,
	constraint complaint_answered_has_answer
		check (state <> 'answered' or answer is not null),
	constraint complaint_actor_is_emptied
		check (actor is null and reason is null)
);
create index complaint_by_student on complaint
	(consortium_id, student_id, id);
create index complaint_by_enterprise on complaint
	(consortium_id, enterprise_id, id);

create trigger start before insert on complaint
	for each row when (new.state <> 'open')
	execute function start_refused('complaint');
create trigger created after insert on complaint
	for each row execute function row_created('complaint', 'wake');
create trigger keep before update on complaint
	for each row execute function machine_kept('complaint', '');

-- p_owner: who made it, or null for the office.
create function move_complaint(
	p_consortium uuid, p_complaint uuid, p_owner uuid, p_state text,
	p_answer text, p_reason text, p_actor uuid
) returns void
language plpgsql as $$
declare
	c complaint;
begin
	select * into c from complaint
	where consortium_id = p_consortium and id = p_complaint
		and (p_owner is null or p_owner = case made_by
			when 'student' then student_id
			else enterprise_id end)
	for update;
	if not found then
		raise exception 'no such complaint' using errcode = 'DK007';
	end if;
	if c.state = p_state then
		raise exception '% cannot go from % to %', 'complaint',
			c.state, p_state
			using errcode = 'DK001',
				detail = c.state || ' -> ' || p_state;
	end if;
	update complaint set state = p_state, reason = p_reason,
		answer = coalesce(p_answer, answer), actor = p_actor
	where consortium_id = p_consortium and id = p_complaint;
end;
$$;
