-- Where graduates are 6, 12, 18 and 24 months after they graduated
-- (docs/destinations.md, "Follow-up"). Nothing makes one due but its day: what
-- is due, overdue or missed is said by the days themselves.

create table follow_up (
	consortium_id uuid not null,
	-- the student's
	id uuid not null,
	months smallint not null
		constraint follow_up_months_check
		check (months in (6, 12, 18, 24)),
	code text not null
		constraint follow_up_code_fkey references destination,
	employer_name text
		check (char_length(employer_name) between 1 and 100),
	employer_uscc text constraint follow_up_uscc_is_valid
		check (uscc_is_valid(employer_uscc)),
	unit_nature_code text constraint follow_up_nature_fkey
		references unit_nature,
	industry_code text constraint follow_up_industry_fkey
		references industry,
	division_code text constraint follow_up_division_fkey
		references division
		check (char_length(division_code) = 6),
	occupation_code text constraint follow_up_occupation_fkey
		references occupation,
	pay_band text check (pay_band in ('below_2000', 'below_4000',
		'below_6000', 'below_8000', 'below_10000', 'from_10000')),
	is_aligned boolean,
	evidence_kind text check (evidence_kind in ('employment_agreement',
		'labour_contract', 'employer_certificate', 'insurance_record',
		'project_document', 'enlistment_notice', 'business_licence',
		'income_statement', 'admission_notice')),
	evidence_sha256 text check (evidence_sha256 ~ '^[0-9a-f]{64}$'),
	-- when the graduate said it, or that it is so; null: only the school
	acknowledged_at timestamptz,
	verified_at timestamptz,
	evidence_level text not null generated always as (case
		when verified_at is null or evidence_sha256 is null
			then 'declared'
		when evidence_kind = 'insurance_record' then 'insurance_record'
		else 'document' end) stored,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id, months),
	constraint follow_up_student_fkey
		foreign key (consortium_id, id) references student,
	constraint follow_up_evidence_is_whole
		check ((evidence_kind is null) = (evidence_sha256 is null)),
	constraint follow_up_verifies_what_is_said
		check (verified_at is null or acknowledged_at is not null),
	constraint follow_up_actor_is_emptied check (actor is null)
);
create trigger created after insert on follow_up
	for each row execute function row_created('follow_up', 'wake');
create trigger keep before update on follow_up
	for each row execute function row_kept('follow_up');

create function follow_up_due_on(graduates_on date, months integer)
returns date
language sql immutable parallel safe
return (graduates_on + make_interval(months => months))::date;

-- Where one stands on a day: coming, due (two months), overdue (until the next
-- one is due), missed; entered by the school alone, or answered.
create function follow_up_status(
	due_on date, is_there boolean, is_acknowledged boolean, day date
) returns text
language sql immutable parallel safe
return case
	when is_acknowledged then 'answered'
	when is_there then 'entered'
	when day < due_on then 'coming'
	when day < (due_on + interval '2 months')::date then 'due'
	when day < (due_on + interval '6 months')::date then 'overdue'
	else 'missed' end;

-- Answers one. What says the same changes nothing but that the graduate now
-- says so himself; what is changed is to be verified anew.
create function put_follow_up(
	p_owner uuid, f follow_up, p_kind text, p_version bigint, p_actor uuid
) returns void
language plpgsql as $$
declare
	s student;
	old follow_up;
	is_own boolean;
	is_same boolean;
	due_on date;
begin
	select * into s from student x
	where x.consortium_id = f.consortium_id and x.id = f.id
		and p_owner in (x.id, x.school_id)
	for no key update;
	if not found then
		raise exception 'no such student' using errcode = 'DK007';
	end if;
	is_own := p_owner = s.id;
	if s.state = 'left' or s.graduates_on is null then
		raise exception 'the student is of no cohort of graduates'
			using errcode = 'DK002';
	end if;
	due_on := follow_up_due_on(s.graduates_on, f.months);
	if today_in_china() < due_on
			or today_in_china() >= due_on + interval '6 months' then
		raise exception 'the follow-up is open from % on for 6 months',
			due_on using errcode = 'DK002';
	end if;
	select * into old from follow_up x
	where x.consortium_id = f.consortium_id and x.id = f.id
		and x.months = f.months
	for update;
	if coalesce(old.version, 0) <> p_version then
		raise exception 'the follow-up is at version %',
			coalesce(old.version, 0) using errcode = 'DK006';
	end if;
	if p_kind is distinct from 'internship_proof' then
		f.evidence_kind := p_kind;
	end if;
	perform check_graduate_destination(jsonb_populate_record(
		null::graduate_destination, to_jsonb(f) - array['months',
			'version', 'evidence_level']), p_kind);
	is_same := (f.code, f.employer_name, f.employer_uscc,
		f.unit_nature_code, f.industry_code, f.division_code,
		f.occupation_code, f.pay_band, f.is_aligned, f.evidence_kind,
		f.evidence_sha256)
		is not distinct from (old.code, old.employer_name,
		old.employer_uscc, old.unit_nature_code, old.industry_code,
		old.division_code, old.occupation_code, old.pay_band,
		old.is_aligned, old.evidence_kind, old.evidence_sha256);
	if is_same and (not is_own or old.acknowledged_at is not null) then
		return;
	end if;
	insert into follow_up as t (consortium_id, id, months, code,
		employer_name, employer_uscc, unit_nature_code, industry_code,
		division_code, occupation_code, pay_band, is_aligned,
		evidence_kind, evidence_sha256, acknowledged_at, created_by)
	values (f.consortium_id, f.id, f.months, f.code, f.employer_name,
		f.employer_uscc, f.unit_nature_code, f.industry_code,
		f.division_code, f.occupation_code, f.pay_band, f.is_aligned,
		f.evidence_kind, f.evidence_sha256,
		case when is_own then now() end, p_actor)
	on conflict (consortium_id, id, months) do update set
		code = f.code, employer_name = f.employer_name,
		employer_uscc = f.employer_uscc,
		unit_nature_code = f.unit_nature_code,
		industry_code = f.industry_code,
		division_code = f.division_code,
		occupation_code = f.occupation_code, pay_band = f.pay_band,
		is_aligned = f.is_aligned, evidence_kind = f.evidence_kind,
		evidence_sha256 = f.evidence_sha256,
		acknowledged_at = case when is_own then now() end,
		verified_at = null, actor = p_actor;
end;
$$;

-- The school has seen that it is so, as rule 4.10 has it of destinations.
create function verify_follow_up(
	p_consortium uuid, p_student uuid, p_months smallint, p_school uuid,
	p_version bigint, p_actor uuid
) returns void
language plpgsql as $$
declare
	f follow_up;
	is_placed boolean;
begin
	perform 1 from student x
	where x.consortium_id = p_consortium and x.id = p_student
		and x.school_id = p_school
	for no key update;
	if found then
		select * into f from follow_up x
		where x.consortium_id = p_consortium and x.id = p_student
			and x.months = p_months
		for update;
	end if;
	if f.id is null then
		raise exception 'no such follow-up' using errcode = 'DK007';
	elsif f.version <> p_version then
		raise exception 'the follow-up is at version %', f.version
			using errcode = 'DK006';
	elsif f.verified_at is not null then
		raise exception 'it is verified already'
			using errcode = 'DK002';
	elsif f.acknowledged_at is null then
		perform destination_refused('destination_rule_4_10_own',
			'the graduate has not confirmed it');
	end if;
	select c.counts_as_placed into is_placed from destination c
	where c.code = f.code;
	if is_placed and f.evidence_sha256 is null then
		perform destination_refused('destination_rule_4_10',
			'nothing proves it');
	end if;
	update follow_up x set verified_at = now(), actor = p_actor
	where x.consortium_id = p_consortium and x.id = p_student
		and x.months = p_months;
end;
$$;

-- Is it the employer that he went to? null: there was none, or is none.
create function is_same_employer(f follow_up, d graduate_destination)
returns boolean
language sql immutable parallel safe as $$
	select case
	when f.employer_name is null or d.employer_name is null then null
	when f.employer_uscc is not null and d.employer_uscc is not null
		then f.employer_uscc = d.employer_uscc
	else f.employer_name = d.employer_name end;
$$;

-- As in 0044, and the follow-ups.
create or replace function student_destination(
	p_consortium uuid, p_student uuid
) returns jsonb
language sql stable
begin atomic
	select jsonb_build_object('destination',
		(select to_jsonb(d) - array['consortium_id', 'actor', 'reason']
			from graduate_destination d
			where d.consortium_id = p_consortium
				and d.id = p_student),
		'destination_editions', (select coalesce(jsonb_agg(to_jsonb(e)
				- array['consortium_id', 'student_id', 'actor']
				order by e.version), '[]')
			from destination_edition e
			where e.consortium_id = p_consortium
				and e.student_id = p_student),
		'follow_ups', (select coalesce(jsonb_agg(to_jsonb(f)
				- array['consortium_id', 'id', 'actor']
				order by f.months), '[]')
			from follow_up f
			where f.consortium_id = p_consortium
				and f.id = p_student));
end;
