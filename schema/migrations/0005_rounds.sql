-- The collective way to a place: policy, quota, round, wishes.

-- So many points of 0..10000, none above the one before unless it may rise.
create function points_are_sane(
	points smallint[], members integer, may_rise boolean
) returns boolean
language sql immutable parallel safe
return array_ndims(points) = 1 and cardinality(points) = members
	and array_position(points, null) is null
	and 0 <= all (points) and 10000 >= all (points)
	and (may_rise or not exists (
		select from generate_series(2, members) as i
		where points[i] > points[i - 1]));

-- Dated versions, never edited. What it says of alignment is what
-- matcher/policy.h says, in the same ten-thousandths and the same order; the
-- rest is thousandths of staff.
create table policy (
	consortium_id uuid not null references consortium,
	version integer not null check (version >= 1),
	valid_from timestamptz not null,
	weight_specialty smallint not null default 4500
		check (weight_specialty between 0 and 10000),
	weight_skills smallint not null default 1500
		check (weight_skills between 0 and 10000),
	weight_education smallint not null default 500
		check (weight_education between 0 and 10000),
	weight_place smallint not null default 1500
		check (weight_place between 0 and 10000),
	weight_period smallint not null default 1000
		check (weight_period between 0 and 10000),
	weight_pay smallint not null default 1000
		check (weight_pay between 0 and 10000),
	-- same specialty, class, class across levels or tie, category, none
	tier_points smallint[] not null
		default '{10000,8500,7000,4000,0}',
	-- same county, city, province, willing to move, away
	place_points smallint[] not null
		default '{10000,8000,5000,2500,0}',
	-- 0, 1, 2 levels above the least that is asked
	education_points smallint[] not null default '{10000,8000,5000}',
	neutral_points smallint not null default 5000
		check (neutral_points between 0 and 10000),
	intern_months_max smallint not null default 6
		check (intern_months_max between 1 and 36),
	intern_week_minutes_max smallint not null default 2400
		check (intern_week_minutes_max between 1 and 2640),
	-- interns that an enterprise must take, and may have at most, in
	-- thousandths of its staff; the same of a post category's staff
	floor_mille smallint not null default 20
		check (floor_mille between 0 and 1000),
	staff_cap_mille smallint not null default 100
		check (staff_cap_mille between 1 and 1000),
	post_category_cap_mille smallint not null default 200
		check (post_category_cap_mille between 1 and 1000),
	-- an internship outside the specialty's category (rule 1.22)
	cross_category text not null default 'block'
		check (cross_category in ('block', 'warn')),
	note text check (char_length(note) <= 1000),
	created_at timestamptz not null default now(),
	created_by uuid,
	primary key (consortium_id, version),
	constraint policy_weights_make_10000 check (
		weight_specialty + weight_skills + weight_education
		+ weight_place + weight_period + weight_pay = 10000),
	constraint policy_tier_points_are_sane
		check (points_are_sane(tier_points, 5, false)),
	constraint policy_place_points_are_sane
		check (points_are_sane(place_points, 5, false)),
	constraint policy_education_points_are_sane
		check (points_are_sane(education_points, 3, true)),
	constraint policy_floor_below_cap
		check (floor_mille <= staff_cap_mille)
);

create function policy_made() returns trigger
language plpgsql as $$
begin
	insert into change (consortium_id, topic, subject_id, kind, version,
		actor)
	values (new.consortium_id, 'policy', new.consortium_id, 'created',
		new.version, new.created_by);
	perform pg_notify('duikou_change', new.consortium_id::text);
	return null;
end;
$$;

create trigger created after insert on policy
	for each row execute function policy_made();
create trigger append_only before update or delete on policy
	for each row execute function append_only();

-- The version that holds at a time: the newest of those already valid.
create function policy_at(consortium uuid, moment timestamptz)
returns integer
language sql stable
begin atomic
	select max(p.version) from policy p
	where p.consortium_id = consortium and p.valid_from <= moment;
end;

-- What the office granted one enterprise; null: as the policy says.
create table quota_override (
	consortium_id uuid not null,
	id uuid not null,
	enterprise_id uuid not null,
	floor_mille smallint check (floor_mille between 0 and 1000),
	staff_cap_mille smallint check (staff_cap_mille between 0 and 1000),
	post_category_cap_mille smallint
		check (post_category_cap_mille between 0 and 1000),
	why text not null check (char_length(why) between 1 and 500),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id),
	unique (consortium_id, enterprise_id),
	foreign key (consortium_id, enterprise_id) references enterprise,
	constraint quota_override_floor_below_cap
		check (floor_mille <= staff_cap_mille),
	constraint quota_override_actor_is_emptied check (actor is null)
);

create trigger created after insert on quota_override
	for each row execute function row_created('quota_override', 'wake');
create trigger keep before update on quota_override
	for each row execute function row_kept('quota_override');
create trigger deleted after delete on quota_override
	for each row execute function row_deleted('quota_override');

-- Floors and caps in people under a policy: caps round down, floors round
-- up but never over the cap (9 of staff: cap 0, so floor 0).
create function enterprise_quota(consortium uuid, policy_version integer)
returns table (enterprise_id uuid, staff_count integer, floor_seats integer,
	cap_seats integer)
language sql stable
begin atomic
	select e.id, e.staff_count,
		least(seats.cap, seats.floor)::integer, seats.cap::integer
	from policy p
	join enterprise e on e.consortium_id = p.consortium_id
	left join quota_override q on q.consortium_id = e.consortium_id
		and q.enterprise_id = e.id
	cross join lateral (select
		e.staff_count::bigint
			* coalesce(q.staff_cap_mille, p.staff_cap_mille) / 1000,
		(e.staff_count::bigint
			* coalesce(q.floor_mille, p.floor_mille) + 999) / 1000
	) as seats (cap, floor)
	where p.consortium_id = consortium and p.version = policy_version;
end;

create function post_category_quota(consortium uuid, policy_version integer)
returns table (post_category_id uuid, enterprise_id uuid,
	staff_count integer, cap_seats integer)
language sql stable
begin atomic
	select c.id, c.enterprise_id, c.staff_count,
		(c.staff_count::bigint * coalesce(q.post_category_cap_mille,
			p.post_category_cap_mille) / 1000)::integer
	from policy p
	join post_category c on c.consortium_id = p.consortium_id
	left join quota_override q on q.consortium_id = c.consortium_id
		and q.enterprise_id = c.enterprise_id
	where p.consortium_id = consortium and p.version = policy_version;
end;

-- The seed lies here from the beginning; only its hash is shown before the
-- round is published.
create table round (
	consortium_id uuid not null references consortium,
	id uuid not null,
	name text not null
		check (char_length(name) between 1 and 100
			and btrim(name) = name),
	state text not null default 'draft' check (state in ('draft', 'open',
		'closed', 'running', 'computed', 'published', 'cancelled')),
	opens_at timestamptz not null,
	closes_at timestamptz not null,
	period_start date not null,
	period_end date not null,
	seed text not null check (char_length(seed) between 1 and 200),
	seed_sha256 bytea not null,
	policy_version integer,
	published_run_id uuid,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	foreign key (consortium_id, policy_version) references policy,
	constraint round_window_in_order check (opens_at < closes_at
		or (state <> 'draft' and opens_at = closes_at)),
	constraint round_period_in_order check (period_start < period_end),
	constraint round_period_after_wishes
		check (closes_at < period_end::timestamp at time zone 'UTC'),
	constraint round_seed_fits_hash
		check (seed_sha256 = sha256(convert_to(seed, 'UTF8'))),
	constraint round_has_policy check (state in ('draft', 'cancelled')
		or policy_version is not null),
	constraint round_published_names_run
		check ((state = 'published') = (published_run_id is not null)),
	constraint round_actor_is_emptied
		check (actor is null and reason is null)
);
create index round_by_state on round (consortium_id, state, id);

-- What students were told when the round opened stays so.
create function round_frozen() returns trigger
language plpgsql as $$
begin
	raise exception 'the round is % and its terms stay', old.state
		using errcode = 'DK002', constraint = 'round_terms_are_frozen';
end;
$$;

-- Opened early or closed early: the window says when it really was.
create function round_timed() returns trigger
language plpgsql as $$
begin
	if new.state = 'open' then
		new.opens_at := least(new.opens_at, now());
	else
		new.closes_at := least(new.closes_at, now());
	end if;
	return new;
end;
$$;

create trigger start before insert on round
	for each row when (new.state <> 'draft')
	execute function start_refused('round');
create trigger created after insert on round
	for each row execute function row_created('round', 'wake');
create trigger terms before update on round
	for each row when (old.state <> 'draft' and (
		(old.seed, old.seed_sha256, old.policy_version,
			old.period_start, old.period_end, old.opens_at)
		is distinct from
		(new.seed, new.seed_sha256, new.policy_version,
			new.period_start, new.period_end, new.opens_at)
		or (old.state <> 'open'
			and old.closes_at is distinct from new.closes_at)))
	execute function round_frozen();
create trigger keep before update on round
	for each row execute function machine_kept('round', '');
create trigger times before update on round
	for each row when (old.state <> new.state
		and new.state in ('open', 'closed') and old.state <> 'running')
	execute function round_timed();

-- A student's wishes for a round: the list (its version is the ETag) and its
-- entries, best first.
create table wish_list (
	consortium_id uuid not null,
	round_id uuid not null,
	student_id uuid not null,
	version bigint not null default 1,
	updated_at timestamptz not null default now(),
	updated_by uuid not null,
	primary key (consortium_id, round_id, student_id),
	foreign key (consortium_id, round_id) references round,
	foreign key (consortium_id, student_id) references student
);
create index wish_list_by_student on wish_list (consortium_id, student_id);

create table wish (
	consortium_id uuid not null,
	round_id uuid not null,
	student_id uuid not null,
	rank smallint not null check (rank between 1 and 50),
	posting_id uuid not null,
	primary key (consortium_id, round_id, student_id, rank),
	unique (consortium_id, round_id, student_id, posting_id),
	foreign key (consortium_id, round_id, student_id)
		references wish_list on delete cascade,
	foreign key (consortium_id, posting_id) references posting
);
create index wish_by_posting on wish (consortium_id, posting_id);

-- Wishes move only while the round is open and its window lasts. The lock
-- makes closing wait for wishes under way, so none lands after the close.
create function wishes_open() returns trigger
language plpgsql as $$
declare
	r record;
	is_open boolean;
begin
	if tg_op = 'DELETE' then
		r := old;
	else
		r := new;
	end if;
	select round.state = 'open' and now() < round.closes_at into is_open
	from round
	where round.consortium_id = r.consortium_id and round.id = r.round_id
	for share;
	if not coalesce(is_open, false) then
		raise exception 'the round takes no wishes now'
			using errcode = 'DK002',
				constraint = 'wish_round_is_open';
	end if;
	return r;
end;
$$;

create trigger while_open before insert or update or delete on wish_list
	for each row execute function wishes_open();
create trigger while_open before insert or update or delete on wish
	for each row execute function wishes_open();

-- Puts the whole list in the place of the one before; returns its version.
-- expected: the version that the caller saw (0: none yet; null: any).
create function put_wishes(
	p_consortium uuid, p_round uuid, p_student uuid, p_postings uuid[],
	p_actor uuid, p_expected bigint
) returns bigint
language plpgsql as $$
declare
	now_at bigint;
begin
	insert into wish_list as w (consortium_id, round_id, student_id,
		updated_by)
	values (p_consortium, p_round, p_student, p_actor)
	on conflict (consortium_id, round_id, student_id) do update
		set version = w.version + 1, updated_at = now(),
			updated_by = excluded.updated_by
	returning version into now_at;
	if now_at <> p_expected + 1 then
		raise exception 'the list is at version %', now_at - 1
			using errcode = 'DK006', detail = (now_at - 1)::text;
	end if;
	delete from wish where consortium_id = p_consortium
		and round_id = p_round and student_id = p_student;
	insert into wish (consortium_id, round_id, student_id, rank,
		posting_id)
	select p_consortium, p_round, p_student, p.rank, p.id
	from unnest(p_postings) with ordinality as p (id, rank);
	insert into change (consortium_id, topic, subject_id, kind, version,
		actor, payload)
	values (p_consortium, 'wishes', p_student, 'updated', now_at, p_actor,
		jsonb_build_object('round_id', p_round));
	return now_at;
end;
$$;
