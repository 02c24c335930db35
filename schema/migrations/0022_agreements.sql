-- The agreement of school, enterprise and student (rules 1.14 to 1.20 and
-- 1.28), and the internship from its start to its end. Terms are written in
-- editions that never change; whoever signs, signs one edition, and a new one
-- is signed by all anew.

create table agreement (
	consortium_id uuid not null,
	-- the placement's
	id uuid not null,
	-- the newest
	edition integer not null default 1 check (edition >= 1),
	-- the one in force: all have signed it
	signed_edition integer,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id),
	foreign key (consortium_id, id) references placement,
	constraint agreement_signed_is_written
		check (signed_edition between 1 and edition),
	constraint agreement_actor_is_emptied check (actor is null)
);

create trigger created after insert on agreement
	for each row execute function row_created('agreement', 'wake');
create trigger keep before update on agreement
	for each row execute function row_kept('agreement');

-- json, not jsonb, so that the bytes signed are the bytes kept.
create table agreement_edition (
	consortium_id uuid not null,
	placement_id uuid not null,
	edition integer not null,
	terms json not null,
	sha256 bytea not null,
	created_at timestamptz not null default now(),
	created_by uuid,
	primary key (consortium_id, placement_id, edition),
	foreign key (consortium_id, placement_id) references agreement,
	constraint agreement_edition_sha256_fits check (sha256 = sha256(
		convert_to(placement_id || ' ' || edition || ' ' || terms::text,
			'UTF8')))
);

-- The student's and the guardian's say that the form of informed consent is
-- signed too (rule 1.16).
create table agreement_signature (
	consortium_id uuid not null,
	placement_id uuid not null,
	edition integer not null,
	party text not null check (party in
		('school', 'enterprise', 'student', 'guardian')),
	-- the guardian's; the others sign for themselves
	name text check (char_length(name) between 1 and 50),
	signed_on date not null,
	created_at timestamptz not null default now(),
	created_by uuid,
	primary key (consortium_id, placement_id, edition, party),
	foreign key (consortium_id, placement_id, edition)
		references agreement_edition,
	constraint agreement_signature_guardian_is_named
		check ((party = 'guardian') = (name is not null))
);

create trigger append_only before update or delete on agreement_edition
	for each row execute function append_only();
create trigger append_only before update or delete on agreement_signature
	for each row execute function append_only();

-- What an agreement must say before anybody signs and does not say yet.
create function agreement_missing(terms json) returns text[]
language sql immutable
return coalesce((select array_agg(needed.name order by needed.place)
	from unnest(array['place', 'content', 'board_and_lodging',
		'day_minutes', 'week_minutes', 'rest_days', 'pay_fen',
		'pay_standard_fen', 'pay_every', 'pay_by', 'protection',
		'accident_handling', 'assessment', 'breach',
		'insurance_company', 'insurance_policy', 'insurance_from',
		'insurance_to', 'insurance_paid_by', 'school_supervisor',
		'enterprise_supervisor']) with ordinality
		as needed (name, place)
	where terms ->> needed.name is null), '{}');

-- Paid by somebody else than the student, for every day (rule 1.18); null
-- where that is not said yet.
create function insurance_spans(terms json) returns boolean
language sql immutable
return terms ->> 'insurance_paid_by' <> 'student'
	and (terms ->> 'insurance_from')::date
		<= (terms ->> 'period_start')::date
	and (terms ->> 'insurance_to')::date >= (terms ->> 'period_end')::date;

-- Refuses to have signed, or to begin, what is not said in full.
create function agreement_whole(terms json) returns void
language plpgsql as $$
declare
	missing text[] := agreement_missing(terms);
	flaw text;
begin
	flaw := case
	when exists (select from unnest(missing) as m (name)
		where m.name not like 'insurance%'
			and m.name not like '%supervisor')
		then 'agreement_rule_1_15'
	when not coalesce(insurance_spans(terms), false)
		or missing && array['insurance_company', 'insurance_policy']
		then 'agreement_rule_1_18'
	when missing <> '{}' then 'agreement_rule_1_28'
	end;
	if flaw is not null then
		raise exception 'the agreement does not say: %',
			array_to_string(missing, ', ')
			using errcode = 'DK005', constraint = flaw;
	end if;
end;
$$;

-- BEFORE INSERT: what an agreement may not say, be it signed or not.
create function agreement_checked() returns trigger
language plpgsql as $$
declare
	t json := new.terms;
	pay bigint := t ->> 'pay_fen';
	least_pay bigint;
	week_max integer;
	flaw text;
	counts text := '';
begin
	select greatest((t ->> 'pay_standard_fen')::bigint, q.pay_standard_fen)
		* 80 / 100 into least_pay
	from placement p
	left join posting q on q.consortium_id = p.consortium_id
		and q.id = p.posting_id
	where p.consortium_id = new.consortium_id and p.id = new.placement_id;
	-- the lowest wage grade of the unit is the other measure (rule 1.19)
	least_pay := least(least_pay, (t ->> 'lowest_grade_fen')::bigint);
	select intern_week_minutes_max into week_max from policy
	where consortium_id = new.consortium_id
		and version = policy_at(new.consortium_id, now());
	week_max := coalesce(week_max, 2400);
	if (t ->> 'period_start')::date >= (t ->> 'period_end')::date then
		raise exception 'the last day is not after the first'
			using errcode = '23514',
				constraint = 'agreement_period_in_order';
	end if;
	if (t ->> 'day_minutes')::integer > 480 then
		flaw := 'agreement_rule_1_13_day';
		counts := '480 ' || (t ->> 'day_minutes');
	elsif (t ->> 'week_minutes')::integer > week_max then
		flaw := 'agreement_rule_1_13_week';
		counts := week_max || ' ' || (t ->> 'week_minutes');
	elsif not insurance_spans(t) then
		flaw := 'agreement_rule_1_18';
	elsif pay < least_pay then
		flaw := 'agreement_rule_1_19';
		counts := least_pay || ' ' || pay;
	elsif t ->> 'pay_by' not in ('bank', 'cash')
			or t ->> 'pay_every' not in ('week', 'month') then
		flaw := 'agreement_rule_1_20';
	end if;
	if flaw is not null then
		raise exception 'an agreement breaks %', flaw
			using errcode = 'DK005', constraint = flaw,
				detail = counts;
	end if;
	return new;
end;
$$;

create trigger checked before insert on agreement_edition
	for each row execute function agreement_checked();

alter table placement add constraint placement_dates_fit_state check (
	(state <> 'started' or started_on is not null)
	and (state <> 'completed' or num_nulls(started_on, ended_on) = 0));

-- BEFORE UPDATE to agreement_signed.
create function placement_signed() returns trigger
language plpgsql as $$
begin
	perform 1 from agreement a
	where a.consortium_id = new.consortium_id and a.id = new.id
		and a.signed_edition = a.edition;
	if not found then
		raise exception 'not all have signed the agreement'
			using errcode = 'DK005',
				constraint = 'placement_rule_1_14';
	end if;
	return new;
end;
$$;

create trigger agreed before update on placement
	for each row when (new.state = 'agreement_signed'
		and old.state = 'accepted')
	execute function placement_signed();

-- Who has not signed the newest edition.
create function agreement_unsigned(consortium uuid, placement uuid)
returns text[]
language sql stable
begin atomic
	select coalesce(array_agg(needed.party), '{}')
	from unnest(array['school', 'enterprise', 'student', 'guardian'])
		as needed (party)
	where not exists (select from agreement a
		join agreement_signature s
			on s.consortium_id = a.consortium_id
			and s.placement_id = a.id and s.edition = a.edition
		where a.consortium_id = consortium and a.id = placement
			and s.party = needed.party);
end;

-- No internship begins without these: rules 1.4, 1.5, 1.14 to 1.16, 1.18
-- and 1.28. What nobody recorded counts against it.
create function placement_may_begin(p placement, day date) returns void
language plpgsql as $$
declare
	terms json;
	unsigned text[] := agreement_unsigned(p.consortium_id, p.id);
	s student;
	is_internship boolean;
	year integer;
	age integer;
begin
	select e.terms into terms from agreement a
	join agreement_edition e on e.consortium_id = a.consortium_id
		and e.placement_id = a.id and e.edition = a.edition
	where a.consortium_id = p.consortium_id and a.id = p.id;
	if found then
		perform agreement_whole(terms);
	end if;
	if unsigned && array['school', 'enterprise', 'student'] then
		raise exception 'not all have signed the agreement'
			using errcode = 'DK005',
				constraint = 'placement_rule_1_14';
	elsif unsigned <> '{}' then
		raise exception 'the guardian has not consented'
			using errcode = 'DK005',
				constraint = 'placement_rule_1_16';
	end if;
	select * into s from student
	where consortium_id = p.consortium_id and id = p.student_id;
	is_internship := coalesce((select kind = 'internship' from posting
		where consortium_id = p.consortium_id and id = p.posting_id),
		true);
	-- school years begin in September
	year := extract(year from day) - s.entry_year
		+ (extract(month from day) >= 9)::integer;
	age := extract(year from age(day, s.birth_date));
	if is_internship and year < 2 then
		raise exception 'a first-year student'
			using errcode = 'DK005',
				constraint = 'placement_rule_1_4',
				detail = '2 ' || year;
	elsif age is null or age < 16 then
		raise exception 'under 16 on the first day'
			using errcode = 'DK005',
				constraint = 'placement_rule_1_5',
				detail = coalesce('16 ' || age, '');
	end if;
end;
$$;

-- BEFORE UPDATE to started: the wall behind start_placement.
create function placement_begun() returns trigger
language plpgsql as $$
begin
	perform placement_may_begin(new, new.started_on);
	return new;
end;
$$;

create trigger begun before update on placement
	for each row when (new.state = 'started'
		and old.state = 'agreement_signed')
	execute function placement_begun();

-- The placement, locked, if its agreement may still be written and signed.
create function placement_to_agree(
	p_consortium uuid, p_placement uuid, p_owner uuid
) returns placement
language plpgsql as $$
declare
	p placement;
begin
	p := placement_of(p_consortium, p_placement, p_owner);
	if p.state not in ('accepted', 'agreement_signed', 'started') then
		raise exception 'the placement is %: nothing is agreed now',
			p.state using errcode = 'DK002';
	end if;
	return p;
end;
$$;

-- A new edition. p_expected: the agreement's version that the caller saw (0:
-- none yet). Once started, the first day stays.
create function put_agreement(
	p_consortium uuid, p_placement uuid, p_owner uuid, p_terms json,
	p_expected bigint, p_actor uuid
) returns void
language plpgsql as $$
declare
	p placement;
	a agreement;
begin
	p := placement_to_agree(p_consortium, p_placement, p_owner);
	select * into a from agreement
	where consortium_id = p_consortium and id = p_placement for update;
	if coalesce(a.version, 0) <> p_expected then
		raise exception 'the agreement is at version %',
			coalesce(a.version, 0)
			using errcode = 'DK006',
				detail = coalesce(a.version, 0)::text;
	elsif p.state = 'started' and p.period_start
			<> (p_terms ->> 'period_start')::date then
		raise exception 'it has started already'
			using errcode = '23514',
				constraint = 'agreement_start_is_past';
	end if;
	if a.id is null then
		insert into agreement (consortium_id, id, created_by)
		values (p_consortium, p_placement, p_actor);
	else
		update agreement set edition = edition + 1, actor = p_actor
		where consortium_id = p_consortium and id = p_placement;
	end if;
	insert into agreement_edition (consortium_id, placement_id, edition,
		terms, sha256, created_by)
	values (p_consortium, p_placement, coalesce(a.edition, 0) + 1, p_terms,
		sha256(convert_to(p_placement || ' '
			|| coalesce(a.edition, 0) + 1 || ' ' || p_terms::text,
			'UTF8')), p_actor);
end;
$$;

-- One party's signature under the newest edition, which must be the one of
-- p_sha256. The last one puts it in force, and the placement takes its days;
-- caps are counted anew where these have moved.
create function sign_agreement(
	p_consortium uuid, p_placement uuid, p_owner uuid, p_party text,
	p_name text, p_signed_on date, p_sha256 bytea, p_actor uuid
) returns void
language plpgsql as $$
declare
	p placement;
	a agreement;
	e agreement_edition;
	is_signed boolean;
begin
	p := placement_to_agree(p_consortium, p_placement, p_owner);
	select * into a from agreement
	where consortium_id = p_consortium and id = p_placement for update;
	select * into e from agreement_edition
	where consortium_id = p_consortium and placement_id = p_placement
		and edition = a.edition;
	if e.sha256 is distinct from p_sha256 then
		raise exception 'this is not the agreement as it stands'
			using errcode = '23514',
				constraint = 'agreement_signed_as_shown';
	elsif p_signed_on > today_in_china() then
		raise exception 'nobody signs in days to come'
			using errcode = '23514',
				constraint = 'agreement_signed_by_today';
	end if;
	perform agreement_whole(e.terms);
	insert into agreement_signature (consortium_id, placement_id, edition,
		party, name, signed_on, created_by)
	values (p_consortium, p_placement, e.edition, p_party, p_name,
		coalesce(p_signed_on, today_in_china()), p_actor);
	is_signed := agreement_unsigned(p_consortium, p_placement) = '{}';
	update agreement set actor = p_actor, signed_edition = case
		when is_signed then edition else signed_edition end
	where consortium_id = p_consortium and id = p_placement;
	if is_signed then
		update placement set actor = p_actor,
			state = case state when 'accepted'
				then 'agreement_signed' else state end,
			period_start = (e.terms ->> 'period_start')::date,
			period_end = (e.terms ->> 'period_end')::date
		where consortium_id = p_consortium and id = p_placement;
	end if;
end;
$$;

-- p_day null: today. It may be told later, never ahead.
create function start_placement(
	p_consortium uuid, p_placement uuid, p_school uuid, p_day date,
	p_actor uuid
) returns void
language plpgsql as $$
declare
	p placement;
	day date := coalesce(p_day, today_in_china());
begin
	p := placement_of(p_consortium, p_placement, p_school);
	if p.state in ('accepted', 'agreement_signed') then
		perform placement_may_begin(p, day);
		if day not between p.period_start and least(p.period_end,
				today_in_china()) then
			raise exception 'not a day of the period so far'
				using errcode = '23514', constraint =
					'placement_starts_in_its_period';
		end if;
	end if;
	if p.state = 'started' then
		raise exception '% cannot go from % to %', 'placement',
			p.state, 'started' using errcode = 'DK001',
				detail = 'started -> started';
	end if;
	update placement set state = 'started', started_on = day,
		actor = p_actor
	where consortium_id = p_consortium and id = p_placement;
end;
$$;

-- p_day null: the last day agreed on, or today if that is still to come;
-- whoever leaves before it needs a reason.
create function complete_placement(
	p_consortium uuid, p_placement uuid, p_school uuid, p_day date,
	p_reason text, p_actor uuid
) returns void
language plpgsql as $$
declare
	p placement;
	day date;
begin
	p := placement_of(p_consortium, p_placement, p_school);
	day := coalesce(p_day, least(p.period_end, today_in_china()));
	if p.state = 'started' then
		if day not between p.started_on and least(p.period_end,
				today_in_china()) then
			raise exception 'not a day of the period so far'
				using errcode = '23514', constraint =
					'placement_ends_in_its_period';
		elsif day < p.period_end and p_reason is null then
			raise exception 'an early end needs a reason'
				using errcode = '23514', constraint =
					'placement_early_end_is_explained';
		end if;
	elsif p.state = 'completed' then
		raise exception '% cannot go from % to %', 'placement',
			p.state, 'completed' using errcode = 'DK001',
				detail = 'completed -> completed';
	end if;
	update placement set state = 'completed', ended_on = day,
		reason = p_reason, actor = p_actor
	where consortium_id = p_consortium and id = p_placement;
end;
$$;
