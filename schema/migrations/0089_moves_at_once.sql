-- A publication that moves thousands takes the time that they take, whatever
-- the planner knows of young tables; and the ledgers of all enterprises that it
-- moves are brought up to the moment at once, not one placement after another.

-- BEFORE UPDATE, as 0014 has it, but that who is still told is said by
-- ended_because (disclosure_end_says_why: it comes with ended_at). The index of
-- what is open begins with the consortium alone and was taken while the table
-- was young: all of it was read for each placement that ended.
create or replace function placement_left() returns trigger
language plpgsql as $$
begin
	update disclosure set ended_at = now(), ended_because = 'purpose-over',
		actor = new.actor
	where consortium_id = new.consortium_id and id = new.id
		and ended_because is null;
	return new;
end;
$$;

-- As 0066 has it; but planned once, not for each placement anew.
create or replace function notify_parties(
	p placement, what text, p_actor uuid, but text
) returns void
language plpgsql as $$
begin
	insert into placement_notice (consortium_id, placement_id, about, party)
	select p.consortium_id, p.id, what, n.party
	from unnest(array['school', 'enterprise', 'student', 'guardian'])
		as n (party)
	where n.party is distinct from coalesce(but, (select a.owner_kind
			from account a where a.consortium_id = p.consortium_id
				and a.id = p_actor))
		and (n.party <> 'guardian' or exists (
			select from agreement_signature s
			where s.consortium_id = p.consortium_id
				and s.placement_id = p.id
				and s.party = 'guardian'))
	on conflict do nothing;
end;
$$;

-- ---- the ledgers of many enterprises ----

drop function settle_quota(uuid, uuid, text, uuid, uuid);
drop function warn_of_quota(uuid, uuid, timestamptz);
drop function quota_news(uuid, uuid, date, uuid);
drop function quota_counts(uuid, date);

-- As 0049 has it, but that the policy is asked for once.
create or replace function quota_lines(consortium uuid, day date)
returns table (enterprise_id uuid, line_id uuid, staff_count integer,
	size_class text, floor_rule text, floor_mille integer,
	floor_seats integer, cap_mille integer, cap_seats integer,
	override_id uuid)
language sql stable
begin atomic
	select u.enterprise_id, u.enterprise_id, u.staff_count, u.size_class,
		u.floor_rule, u.floor_mille, u.floor_seats, u.cap_mille,
		u.cap_seats, u.override_id
	from policy p
	cross join lateral enterprise_quota_under(p, day) u
	where p.consortium_id = consortium
		and p.version = (select policy_on(consortium, day))
	union all
	select u.enterprise_id, u.post_category_id, u.staff_count, null, null,
		null, null, u.cap_mille, u.cap_seats, u.override_id
	from policy p
	cross join lateral post_category_quota_under(p, day) u
	where p.consortium_id = consortium
		and p.version = (select policy_on(consortium, day));
end;

-- The numbers of each line of an enterprise now, and whether its last entry
-- has others: who is there on the day, how many of them have started, and who
-- has agreed and not started, be it for that day or a later one, as distinct
-- students. A post category that is no more has none. Counted line by line, so
-- that it is no worse where a statement asks for many enterprises.
create function quota_news(
	consortium uuid, enterprise uuid, day date, gone uuid
)
returns table (line_id uuid, staff_count integer, size_class text,
	floor_rule text, floor_mille integer, floor_seats integer,
	cap_mille integer, cap_seats integer, override_id uuid,
	present integer, started integer, committed integer, is_news boolean)
language sql stable
begin atomic
	with now_so as (
		select q.line_id, q.staff_count, q.size_class, q.floor_rule,
			q.floor_mille, q.floor_seats, q.cap_mille, q.cap_seats,
			q.override_id, c.present, c.started, c.committed
		from quota_lines(consortium, day) q
		cross join lateral (select
			count(distinct t.student_id)
				filter (where t.period_start <= day)::integer,
			count(distinct t.student_id)
				filter (where t.period_start <= day
					and t.state = 'started')::integer,
			count(distinct t.student_id)
				filter (where t.state <> 'started')::integer
			from seats_taken(consortium, day, 'infinity') t
			where t.enterprise_id = enterprise
				and q.line_id in (t.enterprise_id,
					t.post_category_id)
		) as c (present, started, committed)
		where q.enterprise_id = enterprise
		union all
		select gone, null, null, null, null, null, null, null, null,
			null, null, null
		where gone is not null
	)
	select n.*, (n.staff_count, n.size_class, n.floor_rule, n.floor_mille,
			n.floor_seats, n.cap_mille, n.cap_seats, n.override_id,
			n.present, n.started, n.committed) is distinct from
			(b.staff_count, b.size_class, b.floor_rule,
			b.floor_mille, b.floor_seats, b.cap_mille, b.cap_seats,
			b.override_id, b.present, b.started, b.committed)
	from now_so n
	left join lateral (select * from quota_entry e
		where e.consortium_id = consortium
			and e.enterprise_id = enterprise
			and e.line_id = n.line_id
		order by e.seq desc limit 1) b on true;
end;

-- Makes and ends the notices of enterprises, whose standings are locked, so
-- that each crossing is seen once.
create function warn_of_quotas(
	p_consortium uuid, p_enterprises uuid[], p_at timestamptz
) returns void
language plpgsql as $$
begin
	with line as (
		select e.id as enterprise_id, e.state, e.id as line_id
		from enterprise e
		where e.consortium_id = p_consortium
			and e.id = any (p_enterprises)
		union all
		select e.id, e.state, c.id
		from enterprise e
		join post_category c on c.consortium_id = e.consortium_id
			and c.enterprise_id = e.id
		where e.consortium_id = p_consortium
			and e.id = any (p_enterprises)
	), due as materialized (
		select l.enterprise_id, l.line_id, w.kind, h.policy_version,
			h.present, case w.kind when 'below-floor'
				then h.floor_seats else h.cap_seats end as seats
		from line l
		cross join lateral (select * from quota_entry h
			where h.consortium_id = p_consortium
				and h.enterprise_id = l.enterprise_id
				and h.line_id = l.line_id
			order by h.seq desc limit 1) h
		cross join lateral unnest(quota_warnings(
			l.state = 'verified', h.floor_seats, h.cap_seats,
			h.present)) as w (kind)
	), over as (
		update quota_notice n set ended_at = p_at,
			actor = '00000000-0000-0000-0000-000000000000'
		where n.consortium_id = p_consortium
			and n.enterprise_id = any (p_enterprises)
			and n.ended_at is null
			and (n.line_id, n.kind) not in (select d.line_id,
				d.kind from due d)
	)
	insert into quota_notice (consortium_id, id, enterprise_id, line_id,
		kind, seats, present, policy_version, began_at)
	select p_consortium, new_id(), d.enterprise_id, d.line_id, d.kind,
		d.seats, d.present, d.policy_version, p_at
	from due d
	where not exists (select from quota_notice n
		where n.consortium_id = p_consortium
			and n.enterprise_id = d.enterprise_id
			and n.line_id = d.line_id and n.kind = d.kind
			and n.ended_at is null);
end;
$$;

-- Brings the ledgers of enterprises up to this moment, for one cause: subject
-- by subject, one each of the enterprises, which may come more than once. The
-- locks make those who do it at the same time count one after the other, each
-- with what the one before has committed. Of what moved in one enterprise each
-- has its entry, a microsecond after the one before.
create function settle_quotas(
	p_consortium uuid, p_enterprises uuid[], p_cause text,
	p_subjects uuid[], p_gone uuid default null
) returns void
language plpgsql as $$
declare
	now_at timestamptz;
	today date;
	in_force integer;
	entered uuid[];
begin
	perform 1 from quota_standing s
	where s.consortium_id = p_consortium
		and s.enterprise_id = any (p_enterprises)
	order by s.enterprise_id for update;
	now_at := clock_timestamp();
	today := (now_at at time zone 'Asia/Shanghai')::date;
	in_force := policy_on(p_consortium, today);
	with moved as (
		select m.*, s.seq, s.policy_version,
			greatest(now_at, s.settled_at) as from_at
		from (select u.enterprise_id, u.subject_id, row_number() over (
				partition by u.enterprise_id order by u.n) as n
			from unnest(p_enterprises, p_subjects)
				with ordinality
				as u (enterprise_id, subject_id, n)) m
		join quota_standing s on s.consortium_id = p_consortium
			and s.enterprise_id = m.enterprise_id
	), made as (
		insert into quota_entry (consortium_id, enterprise_id, line_id,
			seq, at, cause, subject_id, policy_version, staff_count,
			size_class, floor_rule, floor_mille, floor_seats,
			cap_mille, cap_seats, override_id, present, started,
			committed)
		select p_consortium, m.enterprise_id, n.line_id, m.seq + m.n,
			m.from_at + (m.n - 1) * interval '1 microsecond',
			p_cause, m.subject_id, in_force, n.staff_count,
			n.size_class,
			n.floor_rule, n.floor_mille, n.floor_seats, n.cap_mille,
			n.cap_seats, n.override_id, n.present, n.started,
			n.committed
		from moved m
		cross join lateral quota_news(p_consortium, m.enterprise_id,
			today, p_gone) n
		where in_force is not null and (m.n = 1 and (n.is_news
				or m.policy_version is distinct from in_force)
			or (n.line_id = m.enterprise_id and p_cause in (
				'accepted', 'declined', 'agreement_signed',
				'started', 'completed', 'terminated',
				'period')))
		returning enterprise_id, seq, at
	), stood as (
		update quota_standing s set settled_on = today,
			settled_at = greatest(now_at, s.settled_at, m.at),
			policy_version = in_force,
			seq = coalesce(m.seq, s.seq)
		from (select u.enterprise_id, max(e.seq) as seq,
				max(e.at) as at
			from unnest(p_enterprises) as u (enterprise_id)
			left join made e using (enterprise_id)
			group by u.enterprise_id) m
		where s.consortium_id = p_consortium
			and s.enterprise_id = m.enterprise_id
	)
	select array_agg(distinct m.enterprise_id) into entered from made m;
	if p_cause = 'enterprise' then
		entered := p_enterprises;
	end if;
	if entered is not null then
		perform warn_of_quotas(p_consortium, entered, now_at);
	end if;
end;
$$;

-- One of them.
create function settle_quota(
	p_consortium uuid, p_enterprise uuid, p_cause text, p_subject uuid,
	p_gone uuid default null
) returns void
language plpgsql as $$
begin
	perform settle_quotas(p_consortium, array[p_enterprise], p_cause,
		array[p_subject], p_gone);
end;
$$;

-- As 0049 has it, but together.
create or replace function settle_due_quotas(p_most bigint) returns bigint
language plpgsql as $$
declare
	due record;
	done bigint := 0;
begin
	for due in
		with due as (
			select s.consortium_id, s.enterprise_id,
				s.policy_version is distinct from v.version
					as is_policy
			from (select c.id, policy_at(c.id, now()) as version
				from consortium c) v
			join quota_standing s on s.consortium_id = v.id
			where s.settled_on is distinct from today_in_china()
				or s.policy_version is distinct from v.version
			limit p_most
			for update of s skip locked
		)
		select d.consortium_id, d.is_policy,
			array_agg(d.enterprise_id) as enterprises
		from due d
		group by d.consortium_id, d.is_policy
	loop
		perform settle_quotas(due.consortium_id, due.enterprises,
			case when due.is_policy then 'policy' else 'day' end,
			null);
		done := done + cardinality(due.enterprises);
	end loop;
	return done;
end;
$$;

-- What a run takes away is settled by its publication, all of it together.
drop trigger settled on placement;
create constraint trigger settled after update on placement
	deferrable initially deferred for each row
	when ((new.state <> old.state and new.state <> 'lapsed'
			and new.superseded_by is null)
		or (new.state in ('accepted', 'agreement_signed', 'started')
			and (new.period_start, new.period_end)
				is distinct from
				(old.period_start, old.period_end)))
	execute function placement_settled();

-- AFTER INSERT, with the rows as `made`: as row_created, in one statement.
-- Argument: topic.
create function rows_created() returns trigger
language plpgsql as $$
begin
	insert into change (consortium_id, topic, subject_id, kind, version,
		actor)
	select m.consortium_id, tg_argv[0], m.id, 'created', m.version,
		m.created_by
	from made m;
	perform pg_notify('duikou_change', m.consortium_id::text)
	from (select distinct consortium_id from made) m;
	return null;
end;
$$;

drop trigger created on placement;
create trigger created after insert on placement
	referencing new table as made
	for each statement execute function rows_created('placement');

-- As 0076 has it, but that only those who leave are locked, and listed once;
-- that whose seat ended is asked of seats that ended, which are few; and that
-- it settles the ledgers of where they were, last of all.
create or replace function republish_round(
	p_consortium uuid, p_round uuid, p_run uuid, p_actor uuid,
	p_expected bigint, p_decide_by timestamptz, p_appeals_by timestamptz
) returns void
language plpgsql set work_mem = '256MB' as $$
declare
	r round;
	it publication;
	elsewhere uuid[];
	leaving uuid[];
	enterprises uuid[];
	moved bigint;
begin
	select * into r from round
	where consortium_id = p_consortium and id = p_round for update;
	if not found then
		raise exception 'no such round' using errcode = 'DK007';
	elsif r.version <> p_expected then
		raise exception 'the round is at version %', r.version
			using errcode = 'DK006', detail = r.version::text;
	elsif r.state <> 'published' then
		raise exception 'a round that is % cannot be published', r.state
			using errcode = 'DK001',
				detail = r.state || ' -> published';
	elsif not exists (select from run u
			where u.consortium_id = p_consortium
				and u.round_id = p_round and u.id = p_run
				and u.state = 'done'
				and u.base_run_id = r.published_run_id) then
		raise exception 'not placed again from what is published'
			using errcode = 'DK005',
				constraint = 'run_goes_on_from_the_published';
	end if;
	perform see_rounds_beside(p_consortium, p_round, p_run);
	it.decide_by := round_time_end(r, p_decide_by,
		'round_decide_by_is_ahead');
	it.appeals_by := round_time_end(r, p_appeals_by,
		'round_appeals_by_is_ahead');
	elsewhere := array(select l.placement_id
		from left_for_run(p_consortium, p_round, p_run) l);
	-- whoever answers from here on waits, and then finds what became of it;
	-- who stays may answer meanwhile
	with locked as (
		select p.id, p.enterprise_id, p.state, p.round_id = p_round
			and p.student_id not in (
				select x.student_id from run_release x
				where x.consortium_id = p_consortium
					and x.run_id = p_run)
				as is_named_by_none
		from placement p
		where p.consortium_id = p_consortium
			and p.state in ('proposed', 'accepted',
				'agreement_signed', 'started', 'completed')
			and (p.round_id = p_round
				and (p.student_id, p.posting_id) not in (
					select n.student_id, n.posting_id
					from run_placement n
					where n.consortium_id = p_consortium
						and n.run_id = p_run)
				or p.id = any (elsewhere))
		order by p.id for update of p
	)
	select array_agg(l.id), array_agg(l.enterprise_id), count(*) filter (
		where l.state in ('agreement_signed', 'started', 'completed')
			or (l.state = 'accepted' and l.is_named_by_none))
	into leaving, enterprises, moved from locked l;
	if moved > 0 then
		raise exception 'it would move % who accepted', moved
			using errcode = 'DK005',
				constraint = 'run_moves_nobody_who_accepted';
	end if;
	update placement p set state = 'terminated', actor = p_actor,
		superseded_by = p_run,
		reason = coalesce((select x.reason from run_release x
			where x.consortium_id = p_consortium
				and x.run_id = p_run
				and x.student_id = p.student_id),
			'placed again')
	where p.consortium_id = p_consortium and p.id = any (leaving);
	get diagnostics it.ended = row_count;
	select count(*) into it.kept from placement p
	where p.consortium_id = p_consortium and p.round_id = p_round
		and p.state in ('proposed', 'accepted', 'agreement_signed',
			'started', 'completed');
	-- whose seat ended since the run was frozen is asked nothing
	insert into placement (consortium_id, id, round_id, run_id, student_id,
		posting_id, enterprise_id, post_category_id, period_start,
		period_end, score, choice, decide_by, created_by)
	select n.consortium_id, n.id, p_round, p_run, n.student_id,
		n.posting_id, p.enterprise_id, p.post_category_id,
		r.period_start, r.period_end, n.score, n.choice, it.decide_by,
		p_actor
	from run_placement n
	join posting p on p.consortium_id = n.consortium_id
		and p.id = n.posting_id
	where n.consortium_id = p_consortium and n.run_id = p_run
		and n.student_id not in (select t.student_id from placement t
			where t.consortium_id = p_consortium
				and t.round_id = p_round
				and t.state in ('declined', 'lapsed',
					'terminated')
				and t.superseded_by is distinct from p_run
				and t.id = (select o.placement_id
					from run_prior o
					where o.consortium_id = p_consortium
						and o.run_id = p_run
						and o.student_id
							= t.student_id))
		and n.student_id not in (select t.student_id from placement t
			where t.consortium_id = p_consortium
				and t.round_id = p_round
				and t.state in ('proposed', 'accepted',
					'agreement_signed', 'started',
					'completed'));
	get diagnostics it.made = row_count;
	update round set published_run_id = p_run,
		decide_by = greatest(decide_by, it.decide_by),
		appeals_by = it.appeals_by, actor = p_actor
	where consortium_id = p_consortium and id = p_round;
	insert into publication (consortium_id, round_id, number, run_id, made,
		ended, kept, decide_by, appeals_by, published_by)
	select p_consortium, p_round, max(b.number) + 1, p_run, it.made,
		it.ended, it.kept, it.decide_by, it.appeals_by, p_actor
	from publication b
	where b.consortium_id = p_consortium and b.round_id = p_round;
	perform settle_quotas(p_consortium, enterprises, 'terminated', leaving);
end;
$$;
