-- More of the law, and a history in its order.

-- now() is when a transaction began: of two that changed one row at the same
-- moment the second may have begun first. Its row is locked when the event is
-- written, so the clock tells them in the order in which they came.
alter table event alter column at set default clock_timestamp();

-- Why somebody went on where a rule of kind `warn` says "not without a
-- reason": kept for whoever inspects, and never changed. enterprise_id and
-- school_id say whose it is besides the office's.
create table rule_reason (
	consortium_id uuid not null references consortium,
	id uuid not null,
	rule text not null check (rule ~ '^[a-z][a-z-]*$'),
	level text not null check (level in ('publish', 'apply', 'accept',
		'sign', 'start', 'declare')),
	subject_kind text not null check (subject_kind in ('posting',
		'placement', 'agreement', 'enterprise', 'post_category')),
	subject_id uuid not null,
	enterprise_id uuid,
	school_id uuid,
	reason text not null check (char_length(reason) between 1 and 500
		and btrim(reason) = reason),
	created_at timestamptz not null default clock_timestamp(),
	created_by uuid not null,
	primary key (consortium_id, id),
	foreign key (consortium_id, enterprise_id) references enterprise,
	foreign key (consortium_id, school_id) references school,
	constraint rule_reason_is_somebodys
		check (num_nonnulls(enterprise_id, school_id) > 0)
);
create index rule_reason_by_subject on rule_reason
	(consortium_id, subject_id, id);

create trigger append_only before update or delete on rule_reason
	for each row execute function append_only();

-- The enterprises to which a school sends interns: decided by its leading
-- meeting, then published (rule 1.25), each looked at before (rule 1.26).
create table host_unit (
	consortium_id uuid not null references consortium,
	id uuid not null,
	school_id uuid not null,
	enterprise_id uuid not null,
	decided_on date not null,
	published_on date,
	-- where it can be read
	published_at text check (char_length(published_at) between 1 and 500),
	visited_on date,
	visit_report text check (char_length(visit_report) between 1 and 5000),
	-- what the school found: no record of dishonesty; no safety violation
	-- in three years; what an internship needs is there
	is_honest boolean not null,
	is_safe boolean not null,
	is_equipped boolean not null,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id),
	foreign key (consortium_id, school_id) references school,
	foreign key (consortium_id, enterprise_id) references enterprise,
	constraint host_unit_once
		unique (consortium_id, school_id, enterprise_id),
	constraint host_unit_published_after_decision
		check (published_on >= decided_on),
	constraint host_unit_visit_is_reported
		check ((visited_on is null) = (visit_report is null)),
	constraint host_unit_actor_is_emptied check (actor is null)
);

create trigger created after insert on host_unit
	for each row execute function row_created('host_unit', 'wake');
create trigger keep before update on host_unit
	for each row execute function row_kept('host_unit');
create trigger deleted after delete on host_unit
	for each row execute function row_deleted('host_unit');

-- Which rule keeps a school from sending interns there: '1_25', '1_26', or
-- null. One that has not begun to keep a list is not held to it. A unit that
-- had its interns before need not be visited anew.
create function host_unit_flaw(
	consortium uuid, school uuid, enterprise uuid
) returns text
language sql stable
begin atomic
	select case
	when not exists (select from host_unit u
		where u.consortium_id = consortium and u.school_id = school)
		then null
	when h.id is null or h.published_on is null
		or h.published_on > today_in_china() then '1_25'
	when not (h.is_honest and h.is_safe and h.is_equipped) then '1_26'
	when h.visited_on is null and not exists (select from placement p
		join student s on s.consortium_id = p.consortium_id
			and s.id = p.student_id
		where p.consortium_id = consortium
			and p.enterprise_id = enterprise
			and s.school_id = school and p.state = 'completed')
		then '1_26' end
	from (values (1)) as one
	left join host_unit h on h.consortium_id = consortium
		and h.school_id = school and h.enterprise_id = enterprise;
end;

create function host_unit_fits(
	consortium uuid, student uuid, enterprise uuid
) returns void
language plpgsql as $$
declare
	flaw text := host_unit_flaw($1, (select s.school_id from student s
		where s.consortium_id = $1 and s.id = $2), $3);
begin
	if flaw is not null then
		raise exception 'the school does not send interns there'
			using errcode = 'DK005',
				constraint = 'placement_rule_' || flaw;
	end if;
end;
$$;

-- A school that nominates, or approves what its student found, is held to its
-- list then and there; everything else when it starts.
create function placement_hosted() returns trigger
language plpgsql as $$
begin
	perform host_unit_fits(new.consortium_id, new.student_id,
		new.enterprise_id);
	return new;
end;
$$;

create trigger hosted before insert on placement
	for each row when (new.origin = 'school')
	execute function placement_hosted();
create trigger hosted_found before update on placement
	for each row when (old.approved_at is null
		and new.approved_at is not null)
	execute function placement_hosted();

-- For an internship in another province: the consent of the authority over
-- the school, and the filing with the provincial one (rule 1.24).
create table placement_filing (
	consortium_id uuid not null,
	-- the placement's
	id uuid not null,
	consented_by text not null
		check (char_length(consented_by) between 1 and 100),
	consent_number text not null
		check (char_length(consent_number) between 1 and 100),
	consented_on date not null,
	filed_with text check (char_length(filed_with) between 1 and 100),
	filing_number text
		check (char_length(filing_number) between 1 and 100),
	filed_on date,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id),
	foreign key (consortium_id, id) references placement,
	constraint placement_filing_is_whole check (num_nulls(filed_with,
		filing_number, filed_on) in (0, 3)),
	constraint placement_filing_after_consent
		check (filed_on >= consented_on),
	constraint placement_filing_actor_is_emptied check (actor is null)
);

create trigger created after insert on placement_filing
	for each row execute function row_created('placement_filing', 'wake');
create trigger keep before update on placement_filing
	for each row execute function row_kept('placement_filing');

-- Does the internship lie in another province than the school?
create function placement_is_far(p placement) returns boolean
language sql stable
return (select left(coalesce(q.division_code, e.division_code), 2)
		<> left(c.division_code, 2)
	from enterprise e
	join student s on s.consortium_id = e.consortium_id
		and s.id = p.student_id
	join school c on c.consortium_id = s.consortium_id
		and c.id = s.school_id
	left join posting q on q.consortium_id = e.consortium_id
		and q.id = p.posting_id
	where e.consortium_id = p.consortium_id and e.id = p.enterprise_id);

create function put_placement_filing(
	p_consortium uuid, p_placement uuid, p_school uuid, f placement_filing,
	p_actor uuid
) returns void
language plpgsql as $$
declare
	p placement;
begin
	p := placement_of(p_consortium, p_placement, p_school);
	if p.state not in ('proposed', 'accepted', 'agreement_signed') then
		raise exception 'the placement is %: too late to file',
			p.state using errcode = 'DK002';
	end if;
	insert into placement_filing as old (consortium_id, id, consented_by,
		consent_number, consented_on, filed_with, filing_number,
		filed_on, created_by)
	values (p_consortium, p_placement, f.consented_by, f.consent_number,
		f.consented_on, f.filed_with, f.filing_number, f.filed_on,
		p_actor)
	on conflict (consortium_id, id) do update set
		consented_by = excluded.consented_by,
		consent_number = excluded.consent_number,
		consented_on = excluded.consented_on,
		filed_with = excluded.filed_with,
		filing_number = excluded.filing_number,
		filed_on = excluded.filed_on, actor = p_actor;
end;
$$;

-- What 0022 asks of a placement that begins, and: the student is enrolled (the
-- regulation is for those who are), the unit is on the school's list, and what
-- lies in another province is consented to and filed.
create function placement_may_begin_there(p placement, day date) returns void
language plpgsql as $$
begin
	if not exists (select from student s
			where s.consortium_id = p.consortium_id
				and s.id = p.student_id
				and s.state = 'active') then
		raise exception 'the student is not enrolled'
			using errcode = 'DK005',
				constraint = 'placement_rule_enrolled';
	end if;
	perform host_unit_fits(p.consortium_id, p.student_id, p.enterprise_id);
	if placement_is_far(p) and not exists (select from placement_filing f
			where f.consortium_id = p.consortium_id and f.id = p.id
				and f.filed_on <= day) then
		raise exception 'another province, and not filed'
			using errcode = 'DK005',
				constraint = 'placement_rule_1_24';
	end if;
end;
$$;

-- BEFORE UPDATE to started, after `begun`.
create function placement_begun_there() returns trigger
language plpgsql as $$
begin
	perform placement_may_begin_there(new, new.started_on);
	return new;
end;
$$;

create trigger begun_there before update on placement
	for each row when (new.state = 'started'
		and old.state = 'agreement_signed')
	execute function placement_begun_there();
