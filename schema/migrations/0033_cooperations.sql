-- Order classes and apprenticeships: with which school, for which specialty.
-- The enterprise proposes, the school agrees or refuses, and only then is the
-- posting published (rules 7.1 to 7.4). A cooperation has the posting's id.
--
-- Who writes both locks the posting first.

insert into transition (machine, from_state, to_state, needs_reason) values
	('cooperation', 'proposed', 'agreed', false),
	('cooperation', 'proposed', 'refused', true),
	('cooperation', 'agreed', 'refused', true),
	('cooperation', 'agreed', 'proposed', false),
	('cooperation', 'refused', 'proposed', false);

create table cooperation (
	consortium_id uuid not null,
	id uuid not null,
	school_id uuid not null,
	specialty_code text not null
		constraint cooperation_specialty_fkey references specialty,
	-- when those it is for began at the school; null: whenever
	entry_year smallint check (entry_year between 2000 and 2100),
	cohort_size integer check (cohort_size between 1 and 10000),
	enterprise_mentor text
		check (char_length(enterprise_mentor) between 1 and 100),
	school_mentor text check (char_length(school_mentor) between 1 and 100),
	-- what the apprentice signs: the agreement on the training that the law
	-- asks for, alone or beside a labour contract
	contract_form text check (contract_form in ('training_agreement',
		'labour_contract')),
	note text check (char_length(note) between 1 and 2000),
	state text not null default 'proposed'
		check (state in ('proposed', 'agreed', 'refused')),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	constraint cooperation_posting_fkey
		foreign key (consortium_id, id) references posting,
	constraint cooperation_school_fkey
		foreign key (consortium_id, school_id) references school,
	constraint cooperation_actor_is_emptied
		check (actor is null and reason is null)
);
create index cooperation_by_school on cooperation
	(consortium_id, school_id, id);

create trigger start before insert on cooperation
	for each row when (new.state <> 'proposed')
	execute function start_refused('cooperation');
create trigger created after insert on cooperation
	for each row execute function row_created('cooperation', 'wake');
create trigger keep before update on cooperation
	for each row execute function machine_kept('cooperation', '');

-- Locks the posting and refuses what a public one no longer allows.
create function cooperation_open(p_consortium uuid, p_posting uuid)
returns posting
language plpgsql as $$
declare
	p posting;
begin
	select * into p from posting
	where consortium_id = p_consortium and id = p_posting
	for no key update;
	if not found then
		raise exception 'no such posting' using errcode = 'DK007';
	end if;
	if p.state = 'published' then
		raise exception 'what was agreed to stays while it is published'
			using errcode = 'DK002';
	end if;
	return p;
end;
$$;

-- Proposes. What says the same of one that stands changes nothing.
create function put_cooperation(
	p_consortium uuid, p_posting uuid, p_enterprise uuid, p_actor uuid,
	p_school uuid, p_specialty text, p_entry_year smallint,
	p_cohort_size integer, p_enterprise_mentor text, p_school_mentor text,
	p_contract_form text, p_note text
) returns void
language plpgsql as $$
declare
	p posting;
begin
	if not exists (select from posting
			where consortium_id = p_consortium and id = p_posting
				and enterprise_id = p_enterprise) then
		raise exception 'no such posting' using errcode = 'DK007';
	end if;
	p := cooperation_open(p_consortium, p_posting);
	if p.kind not in ('apprenticeship', 'order_class') then
		raise exception 'this kind is not held with a school'
			using errcode = '23514', table = 'cooperation',
				constraint = 'cooperation_kind_is_taught';
	end if;
	insert into cooperation as c (consortium_id, id, school_id,
		specialty_code, entry_year, cohort_size, enterprise_mentor,
		school_mentor, contract_form, note, created_by)
	values (p_consortium, p_posting, p_school, p_specialty, p_entry_year,
		p_cohort_size, p_enterprise_mentor, p_school_mentor,
		p_contract_form, p_note, p_actor)
	on conflict (consortium_id, id) do update set
		school_id = p_school, specialty_code = p_specialty,
		entry_year = p_entry_year, cohort_size = p_cohort_size,
		enterprise_mentor = p_enterprise_mentor,
		school_mentor = p_school_mentor,
		contract_form = p_contract_form, note = p_note,
		state = 'proposed', actor = p_actor
	where c.state = 'refused'
		or (c.school_id, c.specialty_code, c.entry_year, c.cohort_size,
			c.enterprise_mentor, c.school_mentor, c.contract_form,
			c.note)
		is distinct from (p_school, p_specialty, p_entry_year,
			p_cohort_size, p_enterprise_mentor, p_school_mentor,
			p_contract_form, p_note);
end;
$$;

-- The school agrees to the version that it read, or refuses.
create function move_cooperation(
	p_consortium uuid, p_posting uuid, p_school uuid, p_state text,
	p_version bigint, p_reason text, p_actor uuid
) returns void
language plpgsql as $$
declare
	c cooperation;
begin
	if not exists (select from cooperation
			where consortium_id = p_consortium and id = p_posting
				and school_id = p_school) then
		raise exception 'no such cooperation' using errcode = 'DK007';
	end if;
	perform cooperation_open(p_consortium, p_posting);
	select * into c from cooperation
	where consortium_id = p_consortium and id = p_posting
		and school_id = p_school
	for update;
	if not found then
		raise exception 'no such cooperation' using errcode = 'DK007';
	end if;
	if c.version <> p_version then
		raise exception 'the cooperation is at version %', c.version
			using errcode = 'DK006';
	end if;
	if c.state = p_state then
		raise exception '% cannot go from % to %', 'cooperation',
			c.state, p_state
			using errcode = 'DK001',
				detail = c.state || ' -> ' || p_state;
	end if;
	update cooperation set state = p_state, reason = p_reason,
		actor = p_actor
	where consortium_id = p_consortium and id = p_posting;
end;
$$;

-- BEFORE UPDATE of a posting that is held with a school: what the school looks
-- at is agreed on anew when it changes, and does not change in public.
create function posting_cooperation_kept() returns trigger
language plpgsql as $$
begin
	if not exists (select from cooperation
			where consortium_id = old.consortium_id
				and id = old.id) then
		return new;
	end if;
	if new.kind <> old.kind then
		raise exception 'a posting held with a school keeps its kind'
			using errcode = '23514', table = 'posting',
				constraint = 'posting_cooperation_keeps_kind';
	end if;
	if (new.openings, new.targets, new.occupation_code, new.division_code,
		new.address, new.pay_min_fen, new.pay_max_fen, new.period_start,
		new.period_end, new.min_education, new.day_minutes,
		new.week_minutes, new.labour_grade, new.conditions)
		is not distinct from (old.openings, old.targets,
		old.occupation_code, old.division_code, old.address,
		old.pay_min_fen, old.pay_max_fen, old.period_start,
		old.period_end, old.min_education, old.day_minutes,
		old.week_minutes, old.labour_grade, old.conditions) then
		return new;
	end if;
	if old.state = 'published' then
		raise exception 'what was agreed to stays while it is published'
			using errcode = '23514', table = 'posting',
				constraint = 'posting_agreed_stays';
	end if;
	update cooperation set state = 'proposed', actor = new.actor
	where consortium_id = old.consortium_id and id = old.id
		and state <> 'refused';
	return new;
end;
$$;

-- BEFORE UPDATE to published, of the kinds that are held with a school.
create function posting_cooperation_agreed() returns trigger
language plpgsql as $$
declare
	c cooperation;
	broken text;
begin
	select * into c from cooperation
	where consortium_id = new.consortium_id and id = new.id
	for share;
	broken := case
	when not found or c.state <> 'agreed' then 'posting_rule_7_1'
	when new.kind = 'order_class'
		and num_nulls(c.entry_year, c.cohort_size) > 0
		then 'posting_rule_7_2'
	when new.kind = 'apprenticeship' and c.contract_form is null
		then 'posting_rule_7_3'
	when new.kind = 'apprenticeship'
		and num_nulls(c.enterprise_mentor, c.school_mentor) > 0
		then 'posting_rule_7_4'
	end;
	if broken is not null then
		raise exception 'the posting breaks %', broken
			using errcode = '23514', table = 'posting',
				constraint = broken;
	end if;
	return new;
end;
$$;

-- Before a_keep, which empties the actor.
create trigger a_cooperation before update on posting
	for each row when (old.kind in ('apprenticeship', 'order_class'))
	execute function posting_cooperation_kept();
create trigger b_cooperation before update on posting
	for each row
	when (new.state = 'published' and old.state <> 'published'
		and new.kind in ('apprenticeship', 'order_class'))
	execute function posting_cooperation_agreed();
