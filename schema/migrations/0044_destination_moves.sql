-- What is done with a graduate's destination: declared, confirmed, disputed,
-- verified, frozen; and what it must be (docs/rules.md 4.8 to 4.10).

create function destination_refused(p_constraint text, p_why text)
returns void
language plpgsql as $$
begin
	raise exception using message = p_why, constraint = p_constraint,
		errcode = case when p_constraint ~ '_rule_' then 'DK005'
			else '23514' end,
		table = 'graduate_destination';
end;
$$;

-- Is the work one that the student does as an intern? (rule 4.8)
create function destination_is_internship(
	p_consortium uuid, p_student uuid, p_uscc text, p_started_on date
) returns boolean
language sql stable
begin atomic
	select exists (select from placement p
		join enterprise e on e.consortium_id = p.consortium_id
			and e.id = p.enterprise_id
		where p.consortium_id = p_consortium
			and p.student_id = p_student and e.uscc = p_uscc
			and p.state in ('accepted', 'agreement_signed',
				'started', 'completed', 'terminated')
			and (p.state not in ('completed', 'terminated')
				or p.started_on is not null)
			and coalesce(p_started_on,
			(now() at time zone 'Asia/Shanghai')::date) between
				coalesce(p.started_on, p.period_start)
				and coalesce(p.ended_on, p.period_end));
end;

-- What a record must say, and must not, of its category.
create function check_graduate_destination(d graduate_destination, kind text)
returns void
language plpgsql as $$
declare
	c destination;
begin
	select * into c from destination x where x.code = d.code;
	if not found then
		return;		-- the foreign key says so
	end if;
	if kind = 'internship_proof' then
		perform destination_refused('destination_rule_4_8',
			'an internship''s proof is none of employment');
	end if;
	if kind is not null and not destination_takes(d.code, kind) then
		perform destination_refused('destination_rule_4_10',
			'it is no evidence of this category');
	end if;
	if not c.counts_as_placed and num_nonnulls(d.employer_name,
			d.employer_uscc, d.unit_nature_code, d.industry_code,
			d.division_code, d.occupation_code, d.started_on,
			d.pay_band, d.is_aligned) > 0 then
		perform destination_refused(
			'graduate_destination_unplaced_has_none',
			'who is not placed has no employer');
	end if;
	if c.needs_unit_location and (d.employer_name is null
			or d.division_code is null) then
		perform destination_refused('graduate_destination_names_unit',
			'this category names the unit and where it is');
	end if;
	if d.code in ('10', '11', '12') and destination_is_internship(
			d.consortium_id, d.id, d.employer_uscc, d.started_on)
			then
		perform destination_refused('destination_rule_4_8',
			'the days of an internship are none of employment');
	end if;
end;
$$;

-- Declares. What says the same of one that stands changes nothing but that the
-- graduate now says so himself.
create function put_graduate_destination(
	p_owner uuid, d graduate_destination, p_kind text, p_version bigint,
	p_reason text, p_actor uuid
) returns void
language plpgsql as $$
declare
	s student;
	old graduate_destination;
	is_own boolean;
	is_same boolean;
begin
	select * into s from student x
	where x.consortium_id = d.consortium_id and x.id = d.id
		and p_owner in (x.id, x.school_id)
	for no key update;
	if not found then
		raise exception 'no such student' using errcode = 'DK007';
	end if;
	is_own := p_owner = s.id;
	perform destination_moment(d.consortium_id, false);
	if s.state = 'left' or s.graduates_on is null then
		raise exception 'the student is of no cohort of graduates'
			using errcode = 'DK002';
	end if;
	select * into old from graduate_destination x
	where x.consortium_id = d.consortium_id and x.id = d.id
	for update;
	if coalesce(old.version, 0) <> p_version then
		raise exception 'the destination is at version %',
			coalesce(old.version, 0) using errcode = 'DK006';
	end if;
	d.evidence_kind := p_kind;
	if p_kind = 'internship_proof' then
		d.evidence_kind := null;
	end if;
	perform check_graduate_destination(d, p_kind);
	if d.is_employer_asked and not is_own then
		perform destination_refused('graduate_destination_asks_by_own',
			'only the graduate lets the employer be asked');
	end if;
	is_same := (d.code, d.employer_name, d.employer_uscc,
		d.unit_nature_code, d.industry_code, d.division_code,
		d.occupation_code, d.started_on, d.pay_band, d.is_aligned,
		d.evidence_kind, d.evidence_sha256, d.is_employer_asked)
		is not distinct from (old.code, old.employer_name,
		old.employer_uscc, old.unit_nature_code, old.industry_code,
		old.division_code, old.occupation_code, old.started_on,
		old.pay_band, old.is_aligned, old.evidence_kind,
		old.evidence_sha256, old.is_employer_asked);
	if is_same and old.state <> 'returned'
			and (not is_own or old.acknowledged_at is not null) then
		return;
	end if;
	if p_reason is null and destination_is_frozen(d.consortium_id, d.id)
			then
		perform destination_refused(
			'graduate_destination_correction_has_reason',
			'the cohort is frozen');
	end if;
	insert into graduate_destination as t (consortium_id, id, code,
		employer_name, employer_uscc, unit_nature_code, industry_code,
		division_code, occupation_code, started_on, pay_band,
		is_aligned, evidence_kind, evidence_sha256, is_employer_asked,
		acknowledged_at, created_by)
	values (d.consortium_id, d.id, d.code, d.employer_name,
		d.employer_uscc, d.unit_nature_code, d.industry_code,
		d.division_code, d.occupation_code, d.started_on, d.pay_band,
		d.is_aligned, d.evidence_kind, d.evidence_sha256,
		d.is_employer_asked, case when is_own then now() end, p_actor)
	on conflict (consortium_id, id) do update set
		code = d.code, employer_name = d.employer_name,
		employer_uscc = d.employer_uscc,
		unit_nature_code = d.unit_nature_code,
		industry_code = d.industry_code,
		division_code = d.division_code,
		occupation_code = d.occupation_code,
		started_on = d.started_on, pay_band = d.pay_band,
		is_aligned = d.is_aligned, evidence_kind = d.evidence_kind,
		evidence_sha256 = d.evidence_sha256,
		is_employer_asked = d.is_employer_asked,
		acknowledged_at = case when is_own then now() end,
		confirmed_at = case when is_same then t.confirmed_at end,
		verified_at = case when is_same then t.verified_at end,
		state = case when is_same and t.state <> 'returned'
			then t.state else 'declared' end,
		actor = p_actor, reason = p_reason;
end;
$$;

-- Who has a say in a record, locked: the student, his school, or an employer
-- that is asked, on the version that was read.
create function graduate_destination_of(
	p_consortium uuid, p_student uuid, p_owner uuid, p_version bigint,
	out d graduate_destination, out party text
)
language plpgsql as $$
declare
	s student;
begin
	select * into s from student x
	where x.consortium_id = p_consortium and x.id = p_student
	for no key update;
	select * into d from graduate_destination x
	where x.consortium_id = p_consortium and x.id = p_student
	for update;
	party := case when d.id is null then null
		when p_owner = s.id then 'student'
		when p_owner = s.school_id then 'school'
		when d.is_employer_asked and exists (select from enterprise e
			where e.consortium_id = p_consortium
				and e.id = p_owner and e.uscc = d.employer_uscc
				and e.state = 'verified') then 'employer' end;
	if party is null then
		raise exception 'no such destination' using errcode = 'DK007';
	end if;
	perform destination_moment(p_consortium, false);
	if d.version <> p_version then
		raise exception 'the destination is at version %', d.version
			using errcode = 'DK006';
	end if;
end;
$$;

-- It is so: says the graduate, or the employer.
create function confirm_graduate_destination(
	p_consortium uuid, p_student uuid, p_owner uuid, p_version bigint,
	p_actor uuid
) returns void
language plpgsql as $$
declare
	found record;
	d graduate_destination;
begin
	found := graduate_destination_of(p_consortium, p_student, p_owner,
		p_version);
	d := found.d;
	if (found.party = 'student' and d.acknowledged_at is not null)
			or (found.party = 'employer'
				and d.confirmed_at is not null) then
		raise exception 'it is confirmed already'
			using errcode = 'DK002';
	end if;
	if found.party = 'student' then
		update graduate_destination set acknowledged_at = now(),
			actor = p_actor
		where consortium_id = p_consortium and id = p_student;
		return;
	end if;
	if d.state not in ('declared', 'denied') then
		raise exception '% cannot go from % to %', 'a destination',
			d.state, 'confirmed'
			using errcode = 'DK001',
				detail = d.state || ' -> confirmed';
	end if;
	update graduate_destination set state = 'confirmed',
		confirmed_at = now(), actor = p_actor
	where consortium_id = p_consortium and id = p_student;
end;
$$;

-- It is not so: the employer denies it, the school gives it back.
create function dispute_graduate_destination(
	p_consortium uuid, p_student uuid, p_owner uuid, p_version bigint,
	p_reason text, p_actor uuid
) returns void
language plpgsql as $$
declare
	found record;
	d graduate_destination;
	goal text;
begin
	found := graduate_destination_of(p_consortium, p_student, p_owner,
		p_version);
	d := found.d;
	goal := case found.party when 'employer' then 'denied'
		else 'returned' end;
	if d.state in (goal, 'returned') then
		raise exception '% cannot go from % to %', 'a destination',
			d.state, goal
			using errcode = 'DK001',
				detail = d.state || ' -> ' || goal;
	end if;
	update graduate_destination set state = goal, confirmed_at = null,
		verified_at = null, actor = p_actor, reason = p_reason
	where consortium_id = p_consortium and id = p_student;
end;
$$;

-- The school has seen that it is so (rules 4.9, 4.10).
create function verify_graduate_destination(
	p_consortium uuid, p_student uuid, p_owner uuid, p_version bigint,
	p_actor uuid
) returns void
language plpgsql as $$
declare
	d graduate_destination;
	is_placed boolean;
begin
	d := (graduate_destination_of(p_consortium, p_student, p_owner,
		p_version)).d;
	if d.state not in ('declared', 'confirmed', 'denied') then
		raise exception '% cannot go from % to %', 'a destination',
			d.state, 'verified'
			using errcode = 'DK001',
				detail = d.state || ' -> verified';
	end if;
	select c.counts_as_placed into is_placed from destination c
	where c.code = d.code;
	if d.state = 'denied' then
		perform destination_refused('destination_rule_4_9',
			'the employer denies it');
	elsif d.acknowledged_at is null then
		perform destination_refused('destination_rule_4_10_own',
			'the graduate has not confirmed it');
	elsif is_placed and d.evidence_sha256 is null
			and d.confirmed_at is null then
		perform destination_refused('destination_rule_4_10',
			'nothing proves it');
	end if;
	update graduate_destination set state = 'verified',
		verified_at = now(), actor = p_actor
	where consortium_id = p_consortium and id = p_student;
end;
$$;

-- Freezes the cohort of a school. The stage's day must have come.
create function freeze_destinations(
	p_consortium uuid, p_id uuid, p_school uuid, p_year smallint,
	p_stage text, p_actor uuid
) returns void
language plpgsql as $$
declare
	moment timestamptz := destination_moment(p_consortium, true);
begin
	if (now() at time zone 'Asia/Shanghai')::date < make_date(p_year,
			case p_stage when 'august' then 8 else 12 end, 31) then
		perform destination_refused('destination_freeze_has_come',
			'the day has not come');
	end if;
	insert into destination_freeze (consortium_id, id, school_id,
		graduation_year, stage, frozen_at, created_by)
	values (p_consortium, p_id, p_school, p_year, p_stage, moment,
		p_actor);
end;
$$;

-- What is kept of it, for the graduate himself.
create function student_destination(p_consortium uuid, p_student uuid)
returns jsonb
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
				and e.student_id = p_student));
end;
