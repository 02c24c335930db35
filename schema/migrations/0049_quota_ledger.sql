-- The quota ledger: what every floor and cap is held against, now from the
-- rows themselves, and for every day that is past from entries that are made
-- when something changed and never again.

-- Whose placement takes a seat on some day of a span: the one rule by which
-- caps and floors count, at acceptance, in a round and in the ledger.
create function seats_taken(consortium uuid, first_day date, last_day date)
returns table (enterprise_id uuid, post_category_id uuid, posting_id uuid,
	student_id uuid, state text, period_start date, period_end date)
language sql stable
begin atomic
	select p.enterprise_id, p.post_category_id, p.posting_id, p.student_id,
		p.state, p.period_start, p.period_end
	from placement p
	where p.consortium_id = consortium
		and p.state in ('accepted', 'agreement_signed', 'started')
		and p.period_end >= first_day and p.period_start <= last_day;
end;

-- Those who take a seat are few of all who ever did.
create index placement_taken on placement
	(consortium_id, enterprise_id, period_end)
	include (period_start, student_id, post_category_id, state)
	where state in ('accepted', 'agreement_signed', 'started');

-- BEFORE UPDATE, as 0039 has it, but for where it says who counts.
create or replace function placement_accepted() returns trigger
language plpgsql as $$
declare
	-- by the policy and the overrides of its first day to come
	day date := greatest(new.period_start, today_in_china());
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
	from seats_taken(new.consortium_id, new.period_start, new.period_end)
	where enterprise_id = new.enterprise_id
		and student_id <> new.student_id;
	select openings into most from posting
	where consortium_id = new.consortium_id and id = new.posting_id;
	if in_posting >= most then
		raise exception 'all openings of the posting are taken'
			using errcode = 'DK005',
				constraint = 'placement_posting_is_full',
				detail = most || ' ' || in_posting + 1;
	end if;
	select q.cap_seats into most
	from enterprise_quota_on(new.consortium_id, day) q
	where q.enterprise_id = new.enterprise_id;
	if in_enterprise >= most then
		raise exception 'the cap of the enterprise is reached'
			using errcode = 'DK005',
				constraint = 'placement_rule_1_1',
				detail = most || ' ' || in_enterprise + 1;
	end if;
	select q.cap_seats into most
	from post_category_quota_on(new.consortium_id, day) q
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

-- A line of the ledger is an enterprise, or one of its post categories. Who
-- is there on a day, how many of them have started, and who has agreed and
-- not started, be it for that day or a later one: distinct students.
create function quota_counts(consortium uuid, day date)
returns table (enterprise_id uuid, line_id uuid, present bigint,
	started bigint, committed bigint)
language sql stable
begin atomic
	select t.enterprise_id, l.id,
		count(distinct t.student_id)
			filter (where t.period_start <= day),
		count(distinct t.student_id)
			filter (where t.period_start <= day
				and t.state = 'started'),
		count(distinct t.student_id) filter (where t.state <> 'started')
	from seats_taken(consortium, day, 'infinity') t
	cross join lateral (values (t.enterprise_id), (t.post_category_id))
		as l (id)
	where l.id is not null
	group by t.enterprise_id, l.id;
end;

-- What each line owes and may have on a day, and by what rule; a post category
-- owes nothing.
create function quota_lines(consortium uuid, day date)
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
		and p.version = policy_on(consortium, day)
	union all
	select u.enterprise_id, u.post_category_id, u.staff_count, null, null,
		null, null, u.cap_mille, u.cap_seats, u.override_id
	from policy p
	cross join lateral post_category_quota_under(p, day) u
	where p.consortium_id = consortium
		and p.version = policy_on(consortium, day);
end;

-- What was so from a moment on. An entry is made for each line whose numbers
-- changed, and for the enterprise's own whenever one of its placements moved.
-- at rises with seq.
create table quota_entry (
	consortium_id uuid not null,
	enterprise_id uuid not null,
	-- the enterprise itself or its post category
	line_id uuid not null,
	seq bigint not null check (seq >= 1),
	at timestamptz not null,
	cause text not null check (cause in ('registered', 'accepted',
		'declined', 'agreement_signed', 'started', 'completed',
		'terminated', 'period', 'enterprise', 'post_category',
		'override', 'posting', 'policy', 'day')),
	-- the placement that moved, the post category, the override, the
	-- posting
	subject_id uuid,
	policy_version integer not null,
	-- null, and no numbers: the post category is no more
	staff_count integer,
	size_class text,
	floor_rule text,
	floor_mille integer,
	floor_seats integer,
	cap_mille integer,
	cap_seats integer,
	override_id uuid,
	present integer,
	started integer,
	committed integer,
	primary key (consortium_id, enterprise_id, line_id, seq),
	foreign key (consortium_id, enterprise_id) references enterprise,
	foreign key (consortium_id, policy_version) references policy,
	constraint quota_entry_is_whole check (num_nulls(staff_count,
		cap_mille, cap_seats, present, started, committed) in (0, 6)),
	constraint quota_entry_floor_is_of_the_enterprise check (
		num_nulls(floor_rule, floor_mille, floor_seats)
			= case when line_id = enterprise_id then 0 else 3 end)
);

create trigger append_only before update or delete on quota_entry
	for each row execute function append_only();
create trigger append_only_whole before truncate on quota_entry
	for each statement execute function append_only();

-- How far each enterprise's ledger is. Whoever makes entries locks it last of
-- all, when everything else of the transaction is done.
create table quota_standing (
	consortium_id uuid not null,
	enterprise_id uuid not null,
	seq bigint not null default 0 check (seq >= 0),
	-- null: never yet
	settled_on date,
	policy_version integer,
	primary key (consortium_id, enterprise_id),
	foreign key (consortium_id, enterprise_id) references enterprise
);

insert into quota_standing (consortium_id, enterprise_id)
select consortium_id, id from enterprise;

-- The numbers of each line of an enterprise now, and whether its last entry
-- has others. A post category that is no more has none.
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
			q.override_id,
			coalesce(c.present, 0)::integer as present,
			coalesce(c.started, 0)::integer as started,
			coalesce(c.committed, 0)::integer as committed
		from quota_lines(consortium, day) q
		left join (select * from quota_counts(consortium, day) s
			where s.enterprise_id = enterprise) c
			on c.line_id = q.line_id
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

-- Brings an enterprise's ledger up to this moment. The lock makes those who
-- do it at the same time count one after the other, each with what the one
-- before has committed.
create function settle_quota(
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
		or (n.line_id = p_enterprise and p_cause in ('accepted',
			'declined', 'agreement_signed', 'started',
			'completed', 'terminated', 'period')));
	get diagnostics made = row_count;
	update quota_standing set seq = seq + (made > 0)::integer,
		settled_on = today, policy_version = in_force
	where consortium_id = p_consortium and enterprise_id = p_enterprise;
end;
$$;

-- At the end of the transaction, when its locks are all taken: placements. A
-- proposal that lapses moves no number and is nobody's doing.
create function placement_settled() returns trigger
language plpgsql as $$
begin
	perform settle_quota(new.consortium_id, new.enterprise_id,
		case when new.state <> old.state then new.state
			else 'period' end, new.id);
	return null;
end;
$$;

create constraint trigger settled after update on placement
	deferrable initially deferred for each row
	when ((new.state <> old.state and new.state <> 'lapsed')
		or (new.state in ('accepted', 'agreement_signed', 'started')
			and (new.period_start, new.period_end)
				is distinct from
				(old.period_start, old.period_end)))
	execute function placement_settled();

create function enterprise_stands() returns trigger
language plpgsql as $$
begin
	insert into quota_standing (consortium_id, enterprise_id)
	values (new.consortium_id, new.id);
	return null;
end;
$$;

-- Argument: the cause.
create function enterprise_settled() returns trigger
language plpgsql as $$
begin
	perform settle_quota(new.consortium_id, new.id, tg_argv[0], null);
	return null;
end;
$$;

create trigger stands after insert on enterprise
	for each row execute function enterprise_stands();
create constraint trigger settled_new after insert on enterprise
	deferrable initially deferred for each row
	execute function enterprise_settled('registered');
create constraint trigger settled after update on enterprise
	deferrable initially deferred for each row
	when ((new.staff_count, new.state, new.industry_code) is distinct from
		(old.staff_count, old.state, old.industry_code))
	execute function enterprise_settled('enterprise');

-- What belongs to an enterprise. Argument: the cause.
create function part_settled() returns trigger
language plpgsql as $$
declare
	consortium uuid;
	enterprise uuid;
	part uuid;
begin
	if tg_op = 'DELETE' then
		consortium := old.consortium_id;
		enterprise := old.enterprise_id;
		part := old.id;
	else
		consortium := new.consortium_id;
		enterprise := new.enterprise_id;
		part := new.id;
	end if;
	perform settle_quota(consortium, enterprise, tg_argv[0], part,
		case when tg_table_name = 'post_category' and tg_op = 'DELETE'
			then part end);
	return null;
end;
$$;

create constraint trigger settled after insert or delete on post_category
	deferrable initially deferred for each row
	execute function part_settled('post_category');
create constraint trigger settled_staff after update on post_category
	deferrable initially deferred for each row
	when (new.staff_count <> old.staff_count)
	execute function part_settled('post_category');
create constraint trigger settled after insert or update or delete
	on quota_override deferrable initially deferred for each row
	execute function part_settled('override');

-- Where a floor is of the openings, postings move it.
create function posting_settled() returns trigger
language plpgsql as $$
begin
	if exists (select from policy p
			where p.consortium_id = new.consortium_id
				and p.version = policy_at(new.consortium_id,
					now())
				and p.floor_base = 'openings') then
		perform settle_quota(new.consortium_id, new.enterprise_id,
			'posting', new.id);
	end if;
	return null;
end;
$$;

create constraint trigger settled after update on posting
	deferrable initially deferred for each row
	when ((new.state, new.openings, new.published_at) is distinct from
		(old.state, old.openings, old.published_at)
		and new.state <> 'draft')
	execute function posting_settled();

-- What nobody's doing changes: a day begins, another policy holds. Settles so
-- many of the enterprises for which that is so; how many it were.
create function settle_due_quotas(p_most bigint) returns bigint
language plpgsql as $$
declare
	due record;
	done bigint := 0;
begin
	for due in
		select s.consortium_id, s.enterprise_id,
			s.policy_version is distinct from v.version as is_policy
		from (select c.id, policy_at(c.id, now()) as version
			from consortium c) v
		join quota_standing s on s.consortium_id = v.id
		where s.settled_on is distinct from today_in_china()
			or s.policy_version is distinct from v.version
		limit p_most
		for update of s skip locked
	loop
		perform settle_quota(due.consortium_id, due.enterprise_id,
			case when due.is_policy then 'policy' else 'day' end,
			null);
		done := done + 1;
	end loop;
	return done;
end;
$$;

-- What is asked for and not agreed yet, by line: proposed (a round, a school
-- or the student made a placement that nobody has answered), offered (an offer
-- to an applicant that stands), reserved (the one or the other: a seat may be
-- gone tomorrow), wishing (on a wish list of a round that is not published
-- yet). Distinct students, for whom that day or a later one is meant.
create function quota_asked(consortium uuid, enterprise uuid, day date)
returns table (line_id uuid, wishing bigint, proposed bigint, offered bigint,
	reserved bigint)
language sql stable
begin atomic
	with asked as (
		select 'proposed' as what, p.student_id, p.post_category_id
		from placement p
		where p.consortium_id = consortium
			and p.enterprise_id = enterprise
			and p.state = 'proposed' and p.period_end >= day
		union all
		select 'offered', a.student_id, q.post_category_id
		from application a
		join posting q on q.consortium_id = a.consortium_id
			and q.id = a.posting_id
			and q.kind in ('internship', 'apprenticeship')
		join offer o on o.consortium_id = a.consortium_id
			and o.application_id = a.id
		where a.consortium_id = consortium
			and a.enterprise_id = enterprise
			and a.state = 'offered' and o.state = 'made'
			and o.reply_by > now()
			and coalesce(o.ends_on, 'infinity') >= day
		union all
		select 'wishing', w.student_id, q.post_category_id
		from round r
		join posting q on q.consortium_id = r.consortium_id
			and q.enterprise_id = enterprise
		join wish w on w.consortium_id = r.consortium_id
			and w.round_id = r.id and w.posting_id = q.id
		where r.consortium_id = consortium
			and r.state in ('open', 'closed', 'running', 'computed')
			and r.period_end >= day
	)
	select l.id,
		count(distinct a.student_id) filter (where what = 'wishing'),
		count(distinct a.student_id) filter (where what = 'proposed'),
		count(distinct a.student_id) filter (where what = 'offered'),
		count(distinct a.student_id) filter (where what <> 'wishing')
	from asked a
	cross join lateral (values (enterprise), (a.post_category_id))
		as l (id)
	where l.id is not null
	group by l.id;
end;

create index placement_proposed on placement (consortium_id, enterprise_id)
	where state = 'proposed';
