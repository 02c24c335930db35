-- Offers: what an enterprise promises to an applicant, and until when the
-- student may take it.

insert into transition (machine, from_state, to_state, needs_reason) values
	('offer', 'made', 'accepted', false),
	('offer', 'made', 'declined', true),
	('offer', 'made', 'withdrawn', true),
	('offer', 'made', 'expired', false);

create table offer (
	consortium_id uuid not null,
	id uuid not null,
	application_id uuid not null,
	starts_on date not null,
	-- null: for good
	ends_on date,
	-- each month
	pay_fen integer not null check (pay_fen between 0 and 100000000),
	reply_by timestamptz not null,
	terms text check (char_length(terms) between 1 and 5000),
	state text not null default 'made' check (state in
		('made', 'accepted', 'declined', 'withdrawn', 'expired')),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	foreign key (consortium_id, application_id) references application,
	constraint offer_period_in_order check (starts_on < ends_on),
	constraint offer_actor_is_emptied
		check (actor is null and reason is null)
);
create unique index offer_one_open on offer (consortium_id, application_id)
	where state = 'made';
create index offer_by_application on offer
	(consortium_id, application_id, id);
create index offer_to_expire on offer (reply_by) where state = 'made';

-- BEFORE UPDATE to accepted: never more than there are openings, also when
-- two take the last at the same moment. Whoever is placed is counted where
-- placements are.
create function offer_accepted() returns trigger
language plpgsql as $$
declare
	p posting;
	taken bigint;
begin
	select q.* into p from application a
	join posting q on q.consortium_id = a.consortium_id
		and q.id = a.posting_id
	where a.consortium_id = new.consortium_id
		and a.id = new.application_id
	for no key update of q;
	if p.kind in ('internship', 'apprenticeship') then
		return new;
	end if;
	select count(*) into taken from application a
	join offer o on o.consortium_id = a.consortium_id
		and o.application_id = a.id
	where a.consortium_id = p.consortium_id and a.posting_id = p.id
		and o.state = 'accepted';
	if taken >= p.openings then
		raise exception 'all openings of the posting are taken'
			using errcode = '23514',
				constraint = 'offer_posting_has_openings',
				detail = p.openings || ' of ' || taken;
	end if;
	return new;
end;
$$;

create trigger start before insert on offer
	for each row when (new.state <> 'made')
	execute function start_refused('offer');
create trigger created after insert on offer
	for each row execute function row_created('offer', 'wake');
create trigger accepted before update on offer
	for each row
	when (new.state = 'accepted' and old.state <> 'accepted')
	execute function offer_accepted();
create trigger keep before update on offer
	for each row execute function machine_kept('offer', '');

create function make_offer(
	p_consortium uuid, p_application uuid, p_enterprise uuid, p_id uuid,
	p_starts_on date, p_ends_on date, p_pay_fen integer,
	p_reply_by timestamptz, p_terms text, p_actor uuid
) returns void
language plpgsql as $$
begin
	perform move_application(p_consortium, p_application, p_enterprise,
		'offered', null, p_actor);
	if p_reply_by <= now() then
		raise exception 'nobody could reply to this offer in time'
			using errcode = '23514',
				constraint = 'offer_reply_is_ahead';
	end if;
	perform 1 from enterprise e
	where e.consortium_id = p_consortium and e.id = p_enterprise
		and e.state = 'verified' for share;
	if not found then
		raise exception 'the enterprise is not verified'
			using errcode = 'DK005',
				constraint = 'offer_enterprise_is_verified';
	end if;
	insert into offer (consortium_id, id, application_id, starts_on,
		ends_on, pay_fen, reply_by, terms, created_by)
	values (p_consortium, p_id, p_application, p_starts_on, p_ends_on,
		p_pay_fen, p_reply_by, p_terms, p_actor);
end;
$$;

-- Who takes an application back declines what was offered. From an offer back
-- to the shortlist goes only what ends the offer.
create or replace function move_application(
	p_consortium uuid, p_application uuid, p_owner uuid, p_state text,
	p_reason text, p_actor uuid
) returns void
language plpgsql as $$
declare
	a application;
begin
	a := application_of(p_consortium, p_application, p_owner);
	if a.state = p_state or (a.state = 'offered'
			and p_state = 'shortlisted') then
		raise exception '% cannot go from % to %', 'application',
			a.state, p_state
			using errcode = 'DK001',
				detail = a.state || ' -> ' || p_state;
	end if;
	if p_state = 'withdrawn' then
		update offer set state = 'declined',
			reason = coalesce(p_reason, '申请已撤回'),
			actor = p_actor
		where consortium_id = p_consortium
			and application_id = p_application and state = 'made';
	end if;
	update application set state = p_state, reason = p_reason,
		actor = p_actor
	where consortium_id = p_consortium and id = p_application;
end;
$$;

-- The offer, locked after its application; p_state: where it shall go.
create function offer_of(
	p_consortium uuid, p_offer uuid, p_owner uuid, p_state text
) returns offer
language plpgsql as $$
declare
	o offer;
	start text;
begin
	select * into o from offer
	where consortium_id = p_consortium and id = p_offer;
	if not found then
		raise exception 'no such offer' using errcode = 'DK007';
	end if;
	perform application_of(p_consortium, o.application_id, p_owner);
	select * into o from offer
	where consortium_id = p_consortium and id = p_offer for update;
	-- whoever comes too late need not wait for the sweep to hear of it
	start := case when o.state = 'made' and o.reply_by <= now()
		then 'expired' else o.state end;
	if start <> 'made' then
		raise exception '% cannot go from % to %', 'offer', start,
			p_state using errcode = 'DK001',
				detail = start || ' -> ' || p_state;
	end if;
	return o;
end;
$$;

-- Declined by the student, or withdrawn by the enterprise: the application
-- is where it was before, among those that may get another offer.
create function end_offer(
	p_consortium uuid, p_offer uuid, p_owner uuid, p_state text,
	p_reason text, p_actor uuid
) returns void
language plpgsql as $$
declare
	o offer;
begin
	o := offer_of(p_consortium, p_offer, p_owner, p_state);
	update offer set state = p_state, reason = p_reason, actor = p_actor
	where consortium_id = p_consortium and id = p_offer;
	update application set state = 'shortlisted', reason = p_reason,
		actor = p_actor
	where consortium_id = p_consortium and id = o.application_id;
end;
$$;

-- A placement comes from a round, from an offer, from the school that
-- nominates, or from the student who found it.
alter table placement
	alter column round_id drop not null,
	alter column run_id drop not null,
	alter column score drop not null,
	alter column choice drop not null,
	add column origin text not null default 'round'
		check (origin in ('round', 'offer', 'school', 'self_found')),
	add column offer_id uuid,
	add foreign key (consortium_id, offer_id) references offer,
	add unique (consortium_id, offer_id),
	add constraint placement_origin_is_told check (
		(origin = 'round') = (num_nonnulls(round_id, run_id, score,
			choice) = 4)
		and (origin = 'round' or num_nulls(round_id, run_id, choice)
			= 3)
		and (origin = 'offer') = (offer_id is not null));

-- BEFORE UPDATE, when a placement is accepted, or moved in time after that.
-- The caps of rules 1.1 and 1.2 count distinct students on overlapping days;
-- the lock of the enterprise makes those who accept at the same moment count
-- one after the other. DETAIL: the limit, and what it would have become.
-- Whoever is placed is made known to the enterprise.
create function placement_accepted() returns trigger
language plpgsql as $$
declare
	policy_version integer := policy_at(new.consortium_id, greatest(now(),
		new.period_start::timestamp at time zone 'Asia/Shanghai'));
	in_enterprise bigint;
	in_category bigint;
	in_posting bigint;
	most bigint;
begin
	perform 1 from enterprise e
	where e.consortium_id = new.consortium_id and e.id = new.enterprise_id
	for no key update;
	select count(distinct student_id), count(distinct student_id)
		filter (where post_category_id = new.post_category_id),
		count(*) filter (where posting_id = new.posting_id)
	into in_enterprise, in_category, in_posting
	from placement
	where consortium_id = new.consortium_id
		and enterprise_id = new.enterprise_id
		and student_id <> new.student_id
		and state in ('accepted', 'agreement_signed', 'started')
		and daterange(period_start, period_end, '[]')
			&& daterange(new.period_start, new.period_end, '[]');
	select openings into most from posting
	where consortium_id = new.consortium_id and id = new.posting_id;
	if in_posting >= most then
		raise exception 'all openings of the posting are taken'
			using errcode = 'DK005',
				constraint = 'placement_posting_is_full',
				detail = most || ' ' || in_posting + 1;
	end if;
	select q.cap_seats into most
	from enterprise_quota(new.consortium_id, policy_version) q
	where q.enterprise_id = new.enterprise_id;
	if in_enterprise >= most then
		raise exception 'the cap of the enterprise is reached'
			using errcode = 'DK005',
				constraint = 'placement_rule_1_1',
				detail = most || ' ' || in_enterprise + 1;
	end if;
	select q.cap_seats into most
	from post_category_quota(new.consortium_id, policy_version) q
	where q.post_category_id = new.post_category_id;
	if found and in_category >= most then
		raise exception 'the cap of the post category is reached'
			using errcode = 'DK005',
				constraint = 'placement_rule_1_2',
				detail = most || ' ' || in_category + 1;
	end if;
	perform disclose(new.consortium_id, new.student_id, new.enterprise_id,
		'internship', new.id, new.actor);
	return new;
end;
$$;

-- BEFORE UPDATE: with a placement that came to nothing the purpose is over.
create function placement_left() returns trigger
language plpgsql as $$
begin
	update disclosure set ended_at = now(), ended_because = 'purpose-over',
		actor = new.actor
	where consortium_id = new.consortium_id and id = new.id
		and ended_at is null;
	return new;
end;
$$;

create trigger caps before update on placement
	for each row
	when ((new.state = 'accepted' and old.state = 'proposed')
		or (new.state in ('accepted', 'agreement_signed', 'started')
			and (new.period_start, new.period_end)
				is distinct from
				(old.period_start, old.period_end)))
	execute function placement_accepted();
create trigger ended before update on placement
	for each row
	when (new.state = 'terminated' and old.state <> 'terminated')
	execute function placement_left();

-- Accepted: a job is had at once; an internship or an apprenticeship becomes
-- a placement, which keeps the caps.
create function accept_offer(
	p_consortium uuid, p_offer uuid, p_student uuid, p_placement uuid,
	p_actor uuid
) returns void
language plpgsql as $$
declare
	o offer;
	a application;
	p posting;
begin
	o := offer_of(p_consortium, p_offer, p_student, 'accepted');
	select * into a from application
	where consortium_id = p_consortium and id = o.application_id;
	-- the enterprise before its posting, as whoever counts its interns
	perform 1 from enterprise e
	where e.consortium_id = p_consortium and e.id = a.enterprise_id
	for no key update;
	update offer set state = 'accepted', actor = p_actor
	where consortium_id = p_consortium and id = p_offer;
	select * into p from posting
	where consortium_id = p_consortium and id = a.posting_id;
	if p.kind in ('internship', 'apprenticeship') then
		insert into placement (consortium_id, id, origin, offer_id,
			student_id, posting_id, enterprise_id,
			post_category_id, period_start, period_end,
			created_by)
		values (p_consortium, p_placement, 'offer', p_offer,
			a.student_id, a.posting_id, a.enterprise_id,
			p.post_category_id, o.starts_on, o.ends_on, p_actor);
		update placement set state = 'accepted', actor = p_actor
		where consortium_id = p_consortium and id = p_placement;
	end if;
	update application set
		state = case p.kind when 'job' then 'hired' else 'placed' end,
		actor = p_actor
	where consortium_id = p_consortium and id = a.id;
end;
$$;
