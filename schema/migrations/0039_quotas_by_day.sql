-- Quotas of a day: the version of the policy that holds on it, and what the
-- office granted an enterprise for it. No cap is above what rules 1.1 and 1.2
-- say, a tenth of the staff and a fifth of a post category's: not of a new
-- policy, and in people not of an old one either.

-- NOT VALID: versions of the past stay as they were.
alter table policy
	drop constraint policy_staff_cap_mille_check,
	drop constraint policy_post_category_cap_mille_check,
	add constraint policy_staff_cap_mille_check
		check (staff_cap_mille between 1 and 100) not valid,
	add constraint policy_post_category_cap_mille_check
		check (post_category_cap_mille between 1 and 200) not valid;

-- From its first day to its last, both included; ended_on is the last one
-- where the office ended it early, and the day before the first where it
-- never came to hold. Grants of before have no end in sight.
alter table quota_override
	add column starts_on date not null default today_in_china(),
	add column ends_on date,
	add column ended_on date;
alter table quota_override disable trigger keep;
alter table quota_override disable trigger audited;
update quota_override set ends_on = date '2099-12-31',
	starts_on = (created_at at time zone 'Asia/Shanghai')::date;
alter table quota_override enable trigger keep;
alter table quota_override enable trigger audited;
alter table quota_override
	alter column ends_on set not null,
	add column days daterange not null generated always as
		(daterange(starts_on, greatest(starts_on,
			coalesce(ended_on, ends_on) + 1), '[)')) stored,
	drop constraint quota_override_staff_cap_mille_check,
	drop constraint quota_override_post_category_cap_mille_check,
	add constraint quota_override_staff_cap_mille_check
		check (staff_cap_mille between 0 and 100) not valid,
	add constraint quota_override_post_category_cap_mille_check
		check (post_category_cap_mille between 0 and 200) not valid,
	add constraint quota_override_days_in_order
		check (starts_on <= ends_on),
	add constraint quota_override_ended_early check (ended_on < ends_on
		and ended_on >= starts_on - 1),
	drop constraint quota_override_consortium_id_enterprise_id_key,
	add constraint quota_override_one_at_a_time exclude using gist (
		consortium_id with =, enterprise_id with =, days with &&);

-- The version that holds on a day: on a past one the last of it, today the
-- one of now, on one to come the first of it.
create function policy_on(consortium uuid, day date) returns integer
language sql stable
return policy_at(consortium, greatest(
	day::timestamp at time zone 'Asia/Shanghai',
	least(now(), (day + 1)::timestamp at time zone 'Asia/Shanghai'
		- interval '1 microsecond')));

-- Floors and caps in people under a policy, with the overrides of a day: caps
-- round down, floors round up but never over the cap (9 of staff: cap 0, so
-- floor 0).
create function enterprise_quota(
	consortium uuid, policy_version integer, day date
)
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
		and q.days @> enterprise_quota.day
	cross join lateral (select
		e.staff_count::bigint * least(100,
			coalesce(q.staff_cap_mille, p.staff_cap_mille)) / 1000,
		(e.staff_count::bigint
			* coalesce(q.floor_mille, p.floor_mille) + 999) / 1000
	) as seats (cap, floor)
	where p.consortium_id = consortium and p.version = policy_version;
end;

create function post_category_quota(
	consortium uuid, policy_version integer, day date
)
returns table (post_category_id uuid, enterprise_id uuid,
	staff_count integer, cap_seats integer)
language sql stable
begin atomic
	select c.id, c.enterprise_id, c.staff_count,
		(c.staff_count::bigint * least(200, coalesce(
			q.post_category_cap_mille,
			p.post_category_cap_mille)) / 1000)::integer
	from policy p
	join post_category c on c.consortium_id = p.consortium_id
	left join quota_override q on q.consortium_id = c.consortium_id
		and q.enterprise_id = c.enterprise_id
		and q.days @> post_category_quota.day
	where p.consortium_id = consortium and p.version = policy_version;
end;

-- The same with the overrides of today.
create or replace function enterprise_quota(
	consortium uuid, policy_version integer
)
returns table (enterprise_id uuid, staff_count integer, floor_seats integer,
	cap_seats integer)
language sql stable
begin atomic
	select * from enterprise_quota(consortium, policy_version,
		today_in_china());
end;

create or replace function post_category_quota(
	consortium uuid, policy_version integer
)
returns table (post_category_id uuid, enterprise_id uuid,
	staff_count integer, cap_seats integer)
language sql stable
begin atomic
	select * from post_category_quota(consortium, policy_version,
		today_in_china());
end;

-- The same by the policy and the overrides of a day. No policy held: no row.
create function enterprise_quota_on(consortium uuid, day date)
returns table (enterprise_id uuid, staff_count integer, floor_seats integer,
	cap_seats integer)
language sql stable
begin atomic
	select * from enterprise_quota(consortium, policy_on(consortium, day),
		day);
end;

create function post_category_quota_on(consortium uuid, day date)
returns table (post_category_id uuid, enterprise_id uuid,
	staff_count integer, cap_seats integer)
language sql stable
begin atomic
	select * from post_category_quota(consortium,
		policy_on(consortium, day), day);
end;

-- BEFORE UPDATE, as 0014 has it, but for the day that quotas are of.
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
