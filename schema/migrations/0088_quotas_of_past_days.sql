-- What held at the end of a past day is found at once in each ledger, since its
-- entries follow each other in time: at never falls as seq rises, whatever the
-- clock does. And it is told of the enterprises that were verified then.

-- Of the last entry, or of a later one that made none; null: none yet.
alter table quota_standing add column settled_at timestamptz;

-- An entry that a clock set back had put before its forerunner is from then on.
alter table quota_entry disable trigger append_only;
update quota_entry q set at = m.at
from (select consortium_id, enterprise_id, line_id, seq, max(at) over (
		partition by consortium_id, enterprise_id order by seq) as at
	from quota_entry) m
where (m.consortium_id, m.enterprise_id, m.line_id, m.seq)
		= (q.consortium_id, q.enterprise_id, q.line_id, q.seq)
	and m.at > q.at;
alter table quota_entry enable trigger append_only;

update quota_standing s set settled_at = m.at
from (select consortium_id, enterprise_id, max(at) as at from quota_entry
	group by 1, 2) m
where m.consortium_id = s.consortium_id and m.enterprise_id = s.enterprise_id;

-- The lines of enterprises: a post category has no floor.
create index quota_entry_by_time on quota_entry
	(consortium_id, enterprise_id, at desc, seq desc)
	include (present, started, committed, floor_seats, cap_seats,
		size_class, floor_rule, policy_version)
	where floor_seats is not null;

create index event_of_enterprises on event (consortium_id, at)
	where machine = 'enterprise';

-- As 0082 has it, but that moves since then are looked for once.
create or replace function enterprises_verified_at(
	consortium uuid, moment timestamptz
)
returns setof uuid
language sql stable
begin atomic
	select e.id from enterprise e
	left join (select distinct on (v.subject_id) v.subject_id, v.from_state
		from event v
		where v.consortium_id = consortium
			and v.machine = 'enterprise' and v.at >= moment
			and moment <= now()
		order by v.subject_id, v.at, v.id) f on f.subject_id = e.id
	where e.consortium_id = consortium and e.created_at < moment
		and coalesce(f.from_state, e.state) = 'verified';
end;

-- As 0061 has it, but that a past day is told of those who were verified at its
-- end, each by the last entry before.
create or replace function quota_standings(consortium uuid, day date)
returns table (enterprise_id uuid, size_class text, floor_rule text,
	policy_version integer, floor_seats integer, cap_seats integer,
	present bigint, started bigint, committed bigint)
language sql stable
begin atomic
	select u.enterprise_id, u.size_class, u.floor_rule, p.version,
		u.floor_seats, u.cap_seats, coalesce(t.present, 0),
		coalesce(t.started, 0), coalesce(t.committed, 0)
	from policy p
	cross join lateral enterprise_quota_under(p, day) u
	join enterprise e on e.consortium_id = consortium
		and e.id = u.enterprise_id and e.state = 'verified'
	left join (select s.enterprise_id,
			count(*) filter (where s.period_start <= day)
				as present,
			count(*) filter (where s.period_start <= day
				and s.state = 'started') as started,
			count(distinct s.student_id)
				filter (where s.state <> 'started') as committed
		from seats_taken(consortium, day, 'infinity') s
		group by s.enterprise_id) t
		on t.enterprise_id = u.enterprise_id
	where p.consortium_id = consortium
		and p.version = policy_on(consortium, day)
		and day >= today_in_china()
	union all
	select h.enterprise_id, h.size_class, h.floor_rule, h.policy_version,
		h.floor_seats, h.cap_seats, h.present, h.started, h.committed
	from enterprises_verified_at(consortium,
		china_midnight(day + 1)) as e (id)
	cross join lateral (select q.enterprise_id, q.size_class, q.floor_rule,
			q.policy_version, q.floor_seats, q.cap_seats, q.present,
			q.started, q.committed
		from quota_entry q
		where q.consortium_id = consortium
			and q.enterprise_id = e.id
			and q.floor_seats is not null
			and q.at < china_midnight(day + 1)
		order by q.at desc, q.seq desc limit 1) h
	where day < today_in_china();
end;

-- As 0060 has it, but that no moment is before the last one.
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
	now_at := greatest(clock_timestamp(), s.settled_at);
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
		settled_on = today, settled_at = now_at,
		policy_version = in_force
	where consortium_id = p_consortium and enterprise_id = p_enterprise;
end;
$$;
