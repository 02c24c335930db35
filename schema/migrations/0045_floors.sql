-- Mends 867b3dd8f37ae282d3b14598fbb402bbf88667e2bb3e80270b82ebaaddd4b78e
-- which PostgreSQL 15.20 refused: see 0066.

-- Floors by industry and by size of the enterprise, of its staff, its posts or
-- its openings (docs/quotas.md). Caps stay shares of the staff: rules 1.1, 1.2.

-- Classes of size begin with 0 of staff and rise; each rule is of a class, of
-- an industry (GB/T 4754, a section or a division) or of both, and no two are
-- of the same. least: no floor is above it.
create function floors_are_sane(
	size_classes jsonb, floors jsonb, most integer
) returns boolean
language sql immutable parallel safe
return jsonb_typeof(size_classes) = 'array'
	and jsonb_typeof(floors) = 'array'
	and jsonb_array_length(size_classes) <= 10
	and jsonb_array_length(floors) <= 200
	and coalesce((select bool_and(coalesce(s.name <> ''
			and (s.staff_from = 0) = (s.number = 1)
			and coalesce(s.before < s.staff_from, s.number = 1),
				false))
			and count(*) = count(distinct s.name)
		from (select x.name, x.staff_from, x.number,
				lag(x.staff_from) over (order by x.number)
			from rows from (jsonb_to_recordset(size_classes)
				as (name text, staff_from integer))
				with ordinality as x (name, staff_from, number)
		) as s (name, staff_from, number, before)), true)
	and coalesce((select bool_and(coalesce(r.floor_mille between 0 and most
			and num_nonnulls(r.industry_code, r.size_class) > 0
			and coalesce(r.industry_code ~ '^([A-T]|[0-9]{2})$',
				true)
			and (r.size_class is null or size_classes
				@> jsonb_build_array(jsonb_build_object(
					'name', r.size_class))), false))
			and count(*) = count(distinct (r.industry_code,
				r.size_class))
		from jsonb_to_recordset(floors) as r (industry_code text,
			size_class text, floor_mille integer)), true);

alter table policy
	-- what floor_mille and the rules of floors are thousandths of
	add column floor_base text not null default 'staff'
		check (floor_base in ('staff', 'posts', 'openings')),
	-- [{name, staff_from}]
	add column size_classes jsonb not null default '[]',
	-- [{industry_code or null, size_class or null, floor_mille}]
	add column floors jsonb not null default '[]',
	drop constraint policy_floor_below_cap,
	add constraint policy_floor_below_cap check (floor_base <> 'staff'
		or floor_mille <= staff_cap_mille),
	add constraint policy_floors_are_sane check (floors_are_sane(
		size_classes, floors, case floor_base
			when 'staff' then staff_cap_mille else 1000 end));

-- A policy as it is written down: what `body` leaves out is as usual, and it
-- holds from now on at the earliest.
create function policy_drawn(
	consortium uuid, version integer, body jsonb, account uuid
) returns policy
language sql stable as $$
	select jsonb_populate_record(null::policy, jsonb_build_object(
		'invitations_per_day', 50, 'invitations_per_student', 5,
		'interviews_per_application', 5, 'proposed_wishes', 0,
		'counted_lists', 'all', 'floor_base', 'staff',
		'size_classes', '[]'::jsonb, 'floors', '[]'::jsonb)
	|| body || jsonb_build_object(
		'consortium_id', consortium, 'version', version,
		'valid_from', greatest((body ->> 'valid_from')::timestamptz,
			now()),
		'created_at', now(), 'created_by', account));
$$;

-- What a policy says of each enterprise, with the overrides of a day, and why:
-- the one place where floors and the enterprises' caps are made. The first
-- that there is decides the floor: exemption, industry-and-size, size,
-- industry, general; a division before its section. Caps round down, floors
-- round up but never over the cap (9 of staff: cap 0, so floor 0).
create function enterprise_quota_under(p policy, day date)
returns table (enterprise_id uuid, staff_count integer, size_class text,
	base_count bigint, base_counted_on date, floor_rule text,
	rule_industry_code text, rule_size_class text, floor_mille integer,
	floor_seats integer, cap_mille integer, cap_seats integer,
	override_id uuid)
language sql stable as $$
	select e.id, e.staff_count, size.name, base.counted,
		base.counted_on,
		case when q.floor_mille is not null then 'exemption'
			when r.floor_mille is null then 'general'
			when r.size_class is null then 'industry'
			when r.industry_code is null then 'size'
			else 'industry-and-size' end,
		case when q.floor_mille is null then r.industry_code end,
		case when q.floor_mille is null then r.size_class end,
		mille.floor, least(seats.cap, seats.floor)::integer,
		mille.cap, seats.cap::integer, q.id
	from enterprise e
	join industry i on i.code = e.industry_code
	left join quota_override q on q.consortium_id = e.consortium_id
		and q.enterprise_id = e.id
		and q.days @> enterprise_quota_under.day
	left join lateral (
		select s.name
		from jsonb_to_recordset((p).size_classes)
			as s (name text, staff_from integer)
		where s.staff_from <= e.staff_count
		order by s.staff_from desc
		limit 1
	) size on true
	left join lateral (
		select f.industry_code, f.size_class, f.floor_mille
		from jsonb_to_recordset((p).floors) as f (industry_code text,
			size_class text, floor_mille integer)
		where (f.industry_code is null or f.industry_code = i.section
				or f.industry_code = left(i.code, 2))
			and (f.size_class is null or f.size_class = size.name)
		order by num_nonnulls(f.industry_code, f.size_class) desc,
			f.size_class is null, length(f.industry_code) desc
		limit 1
	) r on true
	cross join lateral (select coalesce(q.floor_mille, r.floor_mille,
			(p).floor_mille),
		least(100, coalesce(q.staff_cap_mille, (p).staff_cap_mille))
	) as mille (floor, cap)
	cross join lateral (
		select e.staff_count::bigint, e.staff_counted_on
		where (p).floor_base = 'staff'
		union all
		select coalesce(sum(c.staff_count), 0), min(c.staff_counted_on)
		from post_category c
		where (p).floor_base = 'posts'
			and c.consortium_id = e.consortium_id
			and c.enterprise_id = e.id
		having (p).floor_base = 'posts'
		union all
		select coalesce(sum(o.openings), 0),
			least(enterprise_quota_under.day, today_in_china())
		from posting o
		where (p).floor_base = 'openings'
			and o.consortium_id = e.consortium_id
			and o.enterprise_id = e.id and o.state <> 'draft'
			and (o.published_at at time zone 'Asia/Shanghai')::date
				between least(enterprise_quota_under.day,
					today_in_china()) - 364
				and least(enterprise_quota_under.day,
					today_in_china())
		having (p).floor_base = 'openings'
	) as base (counted, counted_on)
	cross join lateral (select e.staff_count::bigint * mille.cap / 1000,
		(base.counted * mille.floor + 999) / 1000
	) as seats (cap, floor)
	where e.consortium_id = (p).consortium_id;
$$;

create function post_category_quota_under(p policy, day date)
returns table (post_category_id uuid, enterprise_id uuid,
	staff_count integer, cap_mille integer, cap_seats integer,
	override_id uuid)
language sql stable as $$
	select c.id, c.enterprise_id, c.staff_count, mille.cap,
		(c.staff_count::bigint * mille.cap / 1000)::integer, q.id
	from post_category c
	left join quota_override q on q.consortium_id = c.consortium_id
		and q.enterprise_id = c.enterprise_id
		and q.days @> post_category_quota_under.day
	cross join lateral (select least(200, coalesce(
		q.post_category_cap_mille, (p).post_category_cap_mille))
	) as mille (cap)
	where c.consortium_id = (p).consortium_id;
$$;

create or replace function enterprise_quota(
	consortium uuid, policy_version integer, day date
)
returns table (enterprise_id uuid, staff_count integer, floor_seats integer,
	cap_seats integer)
language sql stable
begin atomic
	select u.enterprise_id, u.staff_count, u.floor_seats, u.cap_seats
	from policy p
	cross join lateral enterprise_quota_under(p, day) u
	where p.consortium_id = consortium and p.version = policy_version;
end;

create or replace function post_category_quota(
	consortium uuid, policy_version integer, day date
)
returns table (post_category_id uuid, enterprise_id uuid,
	staff_count integer, cap_seats integer)
language sql stable
begin atomic
	select u.post_category_id, u.enterprise_id, u.staff_count, u.cap_seats
	from policy p
	cross join lateral post_category_quota_under(p, day) u
	where p.consortium_id = consortium and p.version = policy_version;
end;
