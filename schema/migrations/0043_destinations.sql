-- Where graduates went (docs/rules.md 4): one record a graduate, which he or
-- his school declares, he and the employer confirm, and the school verifies.
-- Every edition stays, and a frozen cohort is corrected only with a reason.
--
-- Who writes one locks the student first, then takes destination_moment.

insert into transition (machine, from_state, to_state, needs_reason) values
	('graduate_destination', 'declared', 'confirmed', false),
	('graduate_destination', 'declared', 'denied', true),
	('graduate_destination', 'declared', 'returned', true),
	('graduate_destination', 'declared', 'verified', false),
	('graduate_destination', 'confirmed', 'declared', false),
	('graduate_destination', 'confirmed', 'denied', true),
	('graduate_destination', 'confirmed', 'returned', true),
	('graduate_destination', 'confirmed', 'verified', false),
	('graduate_destination', 'denied', 'confirmed', false),
	('graduate_destination', 'denied', 'declared', false),
	('graduate_destination', 'denied', 'returned', true),
	('graduate_destination', 'returned', 'declared', false),
	('graduate_destination', 'verified', 'declared', false),
	('graduate_destination', 'verified', 'denied', true),
	('graduate_destination', 'verified', 'returned', true);

-- Which evidence is one of which category (rule 4.10). An internship's proof
-- is one of none (rule 4.8), and who is not placed needs none.
create function destination_takes(code text, kind text) returns boolean
language sql immutable parallel safe
return case code
	when '10' then kind in ('employment_agreement', 'insurance_record')
	when '11' then kind in ('labour_contract', 'insurance_record')
	when '12' then kind in ('employer_certificate', 'labour_contract',
		'insurance_record')
	when '27' then kind in ('project_document', 'labour_contract',
		'insurance_record')
	when '46' then kind = 'enlistment_notice'
	when '50' then kind in ('project_document', 'insurance_record')
	when '51' then kind in ('project_document', 'insurance_record')
	when '75' then kind in ('business_licence', 'insurance_record')
	when '76' then kind in ('income_statement', 'insurance_record')
	when '80' then kind = 'admission_notice'
	when '85' then kind = 'admission_notice'
	else false
end;

-- How well a record is proven: by what somebody else than the graduate saw.
create function destination_level(
	state text, evidence_kind text, evidence_sha256 text,
	confirmed_at timestamptz
) returns text
language sql immutable parallel safe
return case
	when state = 'verified' and evidence_sha256 is not null
		and evidence_kind = 'insurance_record' then 'insurance_record'
	when state = 'verified' and evidence_sha256 is not null
		then 'document'
	when confirmed_at is not null then 'employer'
	else 'declared'
end;

create table graduate_destination (
	consortium_id uuid not null,
	-- the student's
	id uuid not null,
	code text not null
		constraint graduate_destination_code_fkey
		references destination,
	employer_name text
		check (char_length(employer_name) between 1 and 100),
	-- of an enterprise of the consortium or of any other
	employer_uscc text constraint graduate_destination_uscc_is_valid
		check (uscc_is_valid(employer_uscc)),
	unit_nature_code text constraint graduate_destination_nature_fkey
		references unit_nature,
	industry_code text constraint graduate_destination_industry_fkey
		references industry,
	-- where the work is
	division_code text constraint graduate_destination_division_fkey
		references division
		check (char_length(division_code) = 6),
	occupation_code text constraint graduate_destination_occupation_fkey
		references occupation,
	started_on date,
	-- yuan a month
	pay_band text check (pay_band in ('below_2000', 'below_4000',
		'below_6000', 'below_8000', 'below_10000', 'from_10000')),
	-- with what he learned, as he says himself
	is_aligned boolean,
	evidence_kind text check (evidence_kind in ('employment_agreement',
		'labour_contract', 'employer_certificate', 'insurance_record',
		'project_document', 'enlistment_notice', 'business_licence',
		'income_statement', 'admission_notice')),
	evidence_sha256 text check (evidence_sha256 ~ '^[0-9a-f]{64}$'),
	-- the graduate lets the employer be asked and told who he is (5.3)
	is_employer_asked boolean not null default false,
	-- when the graduate said it, or that it is so; null: only the school
	acknowledged_at timestamptz,
	confirmed_at timestamptz,
	verified_at timestamptz,
	evidence_level text not null generated always as (destination_level(
		state, evidence_kind, evidence_sha256, confirmed_at)) stored,
	state text not null default 'declared' check (state in ('declared',
		'confirmed', 'denied', 'verified', 'returned')),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	constraint graduate_destination_student_fkey
		foreign key (consortium_id, id) references student,
	constraint graduate_destination_evidence_is_whole
		check ((evidence_kind is null) = (evidence_sha256 is null)),
	constraint graduate_destination_asks_somebody
		check (not is_employer_asked or employer_uscc is not null),
	constraint graduate_destination_actor_is_emptied
		check (actor is null and reason is null)
);
create index graduate_destination_by_employer on graduate_destination
	(consortium_id, employer_uscc, id) where employer_uscc is not null;
create index student_by_graduation on student
	(consortium_id, graduates_on, id) where graduates_on is not null;

create trigger start before insert on graduate_destination
	for each row when (new.state <> 'declared')
	execute function start_refused('graduate_destination');
create trigger created after insert on graduate_destination
	for each row
	execute function row_created('graduate_destination', 'wake');
create trigger keep before update on graduate_destination
	for each row execute function machine_kept('graduate_destination', '');

-- A cohort as it was reported: `frozen_at` is the moment, `stage` the official
-- day of it (rule 4.10). Nobody writes destinations while one is made.
create table destination_freeze (
	consortium_id uuid not null references consortium,
	id uuid not null,
	school_id uuid not null,
	graduation_year smallint not null
		check (graduation_year between 2000 and 2100),
	stage text not null check (stage in ('august', 'december')),
	frozen_at timestamptz not null,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	primary key (consortium_id, id),
	constraint destination_freeze_once
		unique (consortium_id, school_id, graduation_year, stage),
	constraint destination_freeze_school_fkey
		foreign key (consortium_id, school_id) references school
);
create trigger created after insert on destination_freeze
	for each row execute function row_created('destination_freeze', 'wake');
create trigger append_only before update or delete on destination_freeze
	for each row execute function append_only();

-- Every edition, with who wrote it and why; a correction is one of a cohort
-- that was frozen then.
create table destination_edition (
	consortium_id uuid not null,
	student_id uuid not null,
	version bigint not null,
	at timestamptz not null,
	actor uuid,
	state text not null,
	reason text,
	is_correction boolean not null,
	content jsonb not null,
	primary key (consortium_id, student_id, version)
);
create trigger append_only before update or delete on destination_edition
	for each row execute function append_only();
create trigger append_only_whole before truncate on destination_edition
	for each statement execute function append_only();

create function destination_is_frozen(p_consortium uuid, p_student uuid)
returns boolean
language sql stable
begin atomic
	select exists (select from student s
		join destination_freeze z
			on z.consortium_id = s.consortium_id
			and z.school_id = s.school_id
			and z.graduation_year
				= extract(year from s.graduates_on)
		where s.consortium_id = p_consortium and s.id = p_student);
end;

-- BEFORE UPDATE, ahead of `keep`, which empties the envelope; and AFTER INSERT.
create function destination_remembered() returns trigger
language plpgsql as $$
begin
	insert into destination_edition (consortium_id, student_id, version,
		at, actor, state, reason, is_correction, content)
	values (new.consortium_id, new.id,
		case tg_op when 'UPDATE' then old.version + 1 else 1 end,
		clock_timestamp(),
		case tg_op when 'UPDATE' then new.actor
			else new.created_by end,
		new.state, new.reason,
		destination_is_frozen(new.consortium_id, new.id),
		to_jsonb(new) - array['consortium_id', 'id', 'state', 'version',
			'created_at', 'created_by', 'updated_at', 'actor',
			'reason', 'evidence_level', 'acknowledged_at',
			'confirmed_at', 'verified_at']);
	return new;
end;
$$;

create trigger a_remember before update on graduate_destination
	for each row execute function destination_remembered();
create trigger remember after insert on graduate_destination
	for each row execute function destination_remembered();

-- Writers share it, and who freezes has it alone: what is stamped later than a
-- freeze was written after it.
create function destination_moment(p_consortium uuid, p_is_alone boolean)
returns timestamptz
language plpgsql as $$
begin
	if p_is_alone then
		perform pg_advisory_xact_lock(hashtextextended(
			'destination ' || p_consortium, 0));
	else
		perform pg_advisory_xact_lock_shared(hashtextextended(
			'destination ' || p_consortium, 0));
	end if;
	return clock_timestamp();
end;
$$;
