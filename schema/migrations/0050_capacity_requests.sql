-- The seats of a round rest when it closes; from then on until publication they
-- change only where the office approves.

-- What each internship offered when its round closed.
create table round_seats (
	consortium_id uuid not null,
	round_id uuid not null,
	posting_id uuid not null,
	openings integer not null check (openings between 1 and 10000),
	primary key (consortium_id, round_id, posting_id),
	foreign key (consortium_id, round_id) references round,
	foreign key (consortium_id, posting_id) references posting
);

create function round_seats_kept() returns trigger
language plpgsql as $$
begin
	insert into round_seats (consortium_id, round_id, posting_id, openings)
	select p.consortium_id, new.id, p.id, p.openings
	from posting p
	where p.consortium_id = new.consortium_id and p.state = 'published'
		and p.kind = 'internship'
	on conflict do nothing;
	return null;
end;
$$;

create trigger seats after update on round
	for each row when (old.state = 'open' and new.state = 'closed')
	execute function round_seats_kept();

-- An enterprise asks for other openings of a posting in a round.
create table capacity_request (
	consortium_id uuid not null,
	id uuid not null,
	round_id uuid not null,
	posting_id uuid not null,
	enterprise_id uuid not null,
	openings_before integer not null,
	openings integer not null check (openings between 1 and 10000),
	because text not null check (char_length(because) between 1 and 500),
	state text not null default 'requested' check (state in ('requested',
		'approved', 'refused', 'withdrawn')),
	decided_because text
		check (char_length(decided_because) between 1 and 500),
	decided_at timestamptz,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	foreign key (consortium_id, round_id) references round,
	foreign key (consortium_id, posting_id) references posting,
	foreign key (consortium_id, enterprise_id) references enterprise,
	constraint capacity_request_changes check (openings <> openings_before),
	constraint capacity_request_decided_is_timed
		check ((state = 'requested') = (decided_at is null)),
	constraint capacity_request_actor_is_emptied
		check (actor is null and reason is null)
);
create unique index capacity_request_one_at_a_time on capacity_request
	(consortium_id, round_id, posting_id) where state = 'requested';
create index capacity_request_by_posting
	on capacity_request (consortium_id, posting_id, id);

insert into transition (machine, from_state, to_state, needs_reason) values
	('capacity_request', 'requested', 'approved', false),
	('capacity_request', 'requested', 'refused', true),
	('capacity_request', 'requested', 'withdrawn', false);

-- Asked for, and approved, only while the round still computes by it.
create function capacity_round_takes() returns trigger
language plpgsql as $$
begin
	perform from round r
	where r.consortium_id = new.consortium_id and r.id = new.round_id
		and r.state in ('open', 'closed', 'running', 'computed')
	for share;
	if not found then
		raise exception 'the round takes no other seats now'
			using errcode = 'DK002',
				constraint = 'capacity_round_takes';
	end if;
	return new;
end;
$$;

create trigger start before insert on capacity_request
	for each row when (new.state <> 'requested')
	execute function start_refused('capacity_request');
create trigger while_under_way before insert on capacity_request
	for each row execute function capacity_round_takes();
create trigger approved_under_way before update on capacity_request
	for each row when (new.state = 'approved' and old.state <> 'approved')
	execute function capacity_round_takes();
create trigger created after insert on capacity_request
	for each row execute function row_created('capacity_request', 'wake');
create trigger keep before update on capacity_request
	for each row execute function machine_kept('capacity_request', '');

-- Asking and deciding are audited, with the seats before and after.
create function capacity_request_audited() returns trigger
language plpgsql as $$
declare
	it capacity_request;
	who uuid;
begin
	select * into it from capacity_request c
	where c.consortium_id = new.consortium_id and c.id = new.subject_id;
	who := nobody_is_service(new.actor);
	perform audit_append(new.consortium_id, who,
		'capacity_request.' || case when new.kind = 'created'
			then 'requested' else new.kind end,
		'posting', it.posting_id, json_build_object(
			'capacity_request_id', it.id, 'round_id', it.round_id,
			'openings_before', it.openings_before,
			'openings', it.openings,
			'because', it.because,
			'decided_because', it.decided_because));
	return null;
end;
$$;

create constraint trigger capacity_audited after insert on change
	deferrable initially deferred for each row
	when (new.topic = 'capacity_request')
	execute function capacity_request_audited();

-- Decides a request, or takes it back. p_enterprise: who asked, or null for the
-- office. Approved, the posting has the openings from now on, and the round
-- places by them.
create function end_capacity_request(
	p_consortium uuid, p_round uuid, p_request uuid, p_enterprise uuid,
	p_state text, p_why text, p_actor uuid
) returns void
language plpgsql as $$
declare
	it capacity_request;
begin
	select * into it from capacity_request
	where consortium_id = p_consortium and round_id = p_round
		and id = p_request
		and (p_enterprise is null or enterprise_id = p_enterprise)
	for update;
	if not found then
		raise exception 'no such request' using errcode = 'DK007';
	end if;
	if it.state <> 'requested' then
		raise exception '% cannot go from % to %', 'capacity_request',
			it.state, p_state using errcode = 'DK001',
			detail = it.state || ' -> ' || p_state;
	end if;
	update capacity_request set state = p_state, decided_at = now(),
		decided_because = p_why, reason = p_why, actor = p_actor
	where consortium_id = p_consortium and id = p_request;
	if p_state <> 'approved' then
		return;
	end if;
	update posting set openings = it.openings, actor = p_actor
	where consortium_id = p_consortium and id = it.posting_id
		and openings <> it.openings;
	update round_seats set openings = it.openings
	where consortium_id = p_consortium and round_id = p_round
		and posting_id = it.posting_id;
end;
$$;
