-- Notices of the quota ledger: an enterprise has come under its floor, near
-- its cap, to it or above it; and when that is no longer so.

-- An id by time, as the server makes them, for what the database makes.
create function new_id() returns uuid
language sql volatile
return encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
	placing substring(int8send(
		(extract(epoch from clock_timestamp()) * 1000)::bigint)
		from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid;

-- One from a crossing to the crossing back. Both sides acknowledge it.
create table quota_notice (
	consortium_id uuid not null,
	id uuid not null,
	enterprise_id uuid not null,
	-- the enterprise itself or its post category
	line_id uuid not null,
	kind text not null check (kind in
		('below-floor', 'near-cap', 'at-cap', 'over-cap')),
	-- the floor or the cap when it was crossed, and who was there
	seats integer not null check (seats >= 0),
	present integer not null check (present >= 0),
	policy_version integer not null,
	began_at timestamptz not null,
	ended_at timestamptz,
	enterprise_told_at timestamptz,
	enterprise_told_by uuid,
	office_told_at timestamptz,
	office_told_by uuid,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id),
	foreign key (consortium_id, enterprise_id) references enterprise,
	foreign key (consortium_id, policy_version) references policy,
	constraint quota_notice_ends_after_it_began
		check (ended_at >= began_at),
	constraint quota_notice_told_by_somebody check (
		(enterprise_told_at is null) = (enterprise_told_by is null)
		and (office_told_at is null) = (office_told_by is null)),
	constraint quota_notice_actor_is_emptied check (actor is null)
);
create unique index quota_notice_one_open on quota_notice
	(consortium_id, enterprise_id, line_id, kind) where ended_at is null;
create index quota_notice_by_enterprise on quota_notice
	(consortium_id, enterprise_id, id);

create trigger created after insert on quota_notice
	for each row execute function row_created('quota_notice', 'wake');
create trigger keep before update on quota_notice
	for each row execute function row_kept('quota_notice');

-- What is to be said of such numbers. Only who is verified owes a floor. Near
-- is when no more than a tenth of the seats, rounded up, is free.
create function quota_warnings(
	is_verified boolean, floor_seats integer, cap_seats integer,
	present integer
) returns text[]
language sql immutable parallel safe
return array_remove(array[
	case when is_verified and present < floor_seats
		then 'below-floor' end,
	case when cap_seats > 1 and present > 0
			and present + (cap_seats + 9) / 10 >= cap_seats
		then 'near-cap' end,
	case when present > 0 and present >= cap_seats then 'at-cap' end,
	case when present > cap_seats then 'over-cap' end], null);

-- Makes and ends the notices of an enterprise, whose standing is locked, so
-- that each crossing is seen once.
create function warn_of_quota(
	p_consortium uuid, p_enterprise uuid, p_at timestamptz
) returns void
language sql
begin atomic
	with line as (
		select e.id as line_id
		from enterprise e
		where e.consortium_id = p_consortium and e.id = p_enterprise
		union all
		select c.id from post_category c
		where c.consortium_id = p_consortium
			and c.enterprise_id = p_enterprise
	), due as (
		select l.line_id, w.kind, h.policy_version, h.present,
			case w.kind when 'below-floor' then h.floor_seats
				else h.cap_seats end as seats
		from line l
		join enterprise e on e.consortium_id = p_consortium
			and e.id = p_enterprise
		cross join lateral (select * from quota_entry h
			where h.consortium_id = p_consortium
				and h.enterprise_id = p_enterprise
				and h.line_id = l.line_id
			order by h.seq desc limit 1) h
		cross join lateral unnest(quota_warnings(
			e.state = 'verified', h.floor_seats, h.cap_seats,
			h.present)) as w (kind)
	), over as (
		update quota_notice n set ended_at = p_at,
			actor = '00000000-0000-0000-0000-000000000000'
		where n.consortium_id = p_consortium
			and n.enterprise_id = p_enterprise
			and n.ended_at is null
			and not exists (select from due d
				where d.line_id = n.line_id
					and d.kind = n.kind)
	)
	insert into quota_notice (consortium_id, id, enterprise_id, line_id,
		kind, seats, present, policy_version, began_at)
	select p_consortium, new_id(), p_enterprise, d.line_id, d.kind,
		d.seats, d.present, d.policy_version, p_at
	from due d
	where not exists (select from quota_notice n
		where n.consortium_id = p_consortium
			and n.enterprise_id = p_enterprise
			and n.line_id = d.line_id and n.kind = d.kind
			and n.ended_at is null);
end;

-- As in the ledger's own migration, but that another policy is always entered,
-- and what crossed a threshold is told.
create or replace function settle_quota(
	p_consortium uuid, p_enterprise uuid, p_cause text, p_subject uuid,
	p_gone uuid default null
) returns void
language plpgsql as $$
declare
	s quota_standing;
	now_at timestamptz;
	today date;
	in_force integer;
	made bigint;
begin
	select * into s from quota_standing
	where consortium_id = p_consortium and enterprise_id = p_enterprise
	for update;
	now_at := clock_timestamp();
	today := (now_at at time zone 'Asia/Shanghai')::date;
	in_force := policy_on(p_consortium, today);
	if s.enterprise_id is null then
		return;
	end if;
	insert into quota_entry (consortium_id, enterprise_id, line_id, seq,
		at, cause, subject_id, policy_version, staff_count,
		size_class, floor_rule, floor_mille, floor_seats, cap_mille,
		cap_seats, override_id, present, started, committed)
	select p_consortium, p_enterprise, n.line_id, s.seq + 1, now_at,
		p_cause, p_subject, in_force, n.staff_count, n.size_class,
		n.floor_rule, n.floor_mille, n.floor_seats, n.cap_mille,
		n.cap_seats, n.override_id, n.present, n.started, n.committed
	from quota_news(p_consortium, p_enterprise, today, p_gone) n
	where in_force is not null and (n.is_news
		or s.policy_version is distinct from in_force
		or (n.line_id = p_enterprise and p_cause in ('accepted',
			'declined', 'agreement_signed', 'started',
			'completed', 'terminated', 'period')));
	get diagnostics made = row_count;
	if made > 0 or p_cause = 'enterprise' then
		perform warn_of_quota(p_consortium, p_enterprise, now_at);
	end if;
	update quota_standing set seq = seq + (made > 0)::integer,
		settled_on = today, policy_version = in_force
	where consortium_id = p_consortium and enterprise_id = p_enterprise;
end;
$$;
