-- What a policy to be would do to the quotas of the verified enterprises, on
-- the first day that it holds, against the one that would hold otherwise: the
-- totals in each row, and a page of enterprises, as records/policy_preview.h
-- reads them. At least one row; its enterprise is null where there is none.
-- Nothing is written.
-- $1 consortium, $2 its columns as policy_columns() writes them, $3 account,
-- $4 also those whose floor and cap stay, $5 enterprise of the last one seen or
-- null, $6 how many
with drawn as materialized (
	select d, case when d.valid_from <= now() then today_in_china()
		else (d.valid_from at time zone 'Asia/Shanghai'
			+ interval '1 day' - interval '1 microsecond')::date
		end as day
	from policy_drawn($1::uuid, 1 + coalesce((select max(version)
			from policy where consortium_id = $1::uuid), 0),
		$2::jsonb, $3::uuid) d
), held as materialized (
	select p from drawn
	join policy p on p.consortium_id = $1::uuid
		and p.version = policy_on($1::uuid, drawn.day)
), present as (
	select l.id as line_id, count(distinct t.student_id) as seats
	from drawn
	cross join seats_taken($1::uuid, drawn.day, drawn.day) t
	cross join lateral (values (t.enterprise_id), (t.post_category_id))
		as l (id)
	group by l.id
), then_so as materialized (
	select u.* from drawn
	cross join lateral enterprise_quota_under(drawn.d, drawn.day) u
), now_so as materialized (
	select u.* from drawn
	cross join held
	cross join lateral enterprise_quota_under(held.p, drawn.day) u
), line as materialized (
	select e.id, e.name, e.staff_count, e.industry_code,
		coalesce(n.seats, 0) as present,
		(a.floor_seats, a.cap_seats) is distinct from
			(b.floor_seats, b.cap_seats) as is_changed,
		a.size_class as a_size, a.base_count as a_base,
		a.floor_rule as a_rule, a.rule_industry_code as a_industry,
		a.rule_size_class as a_of_size, a.floor_mille as a_floor_mille,
		a.floor_seats as a_floor, a.cap_mille as a_cap_mille,
		a.cap_seats as a_cap,
		b.size_class as b_size, b.base_count as b_base,
		b.floor_rule as b_rule, b.rule_industry_code as b_industry,
		b.rule_size_class as b_of_size, b.floor_mille as b_floor_mille,
		b.floor_seats as b_floor, b.cap_mille as b_cap_mille,
		b.cap_seats as b_cap
	from then_so b
	join enterprise e on e.consortium_id = $1::uuid
		and e.id = b.enterprise_id and e.state = 'verified'
	left join now_so a on a.enterprise_id = b.enterprise_id
	left join present n on n.line_id = e.id
), category as (
	select a.cap_seats as a_cap, b.cap_seats as b_cap,
		coalesce(n.seats, 0) as present
	from drawn
	cross join lateral post_category_quota_under(drawn.d, drawn.day) b
	join enterprise e on e.consortium_id = $1::uuid
		and e.id = b.enterprise_id and e.state = 'verified'
	left join (select u.* from drawn cross join held
		cross join lateral post_category_quota_under(held.p,
			drawn.day) u) a
		on a.post_category_id = b.post_category_id
	left join present n on n.line_id = b.post_category_id
), total as (
	select count(*) as enterprises,
		count(*) filter (where is_changed) as changed,
		sum(a_floor) as a_floor, sum(a_cap) as a_cap,
		sum(greatest(a_floor - present, 0)) as a_shortfall,
		count(*) filter (where a_floor > present) as a_short,
		sum(greatest(a_cap - present, 0)) as a_headroom,
		sum(greatest(present - a_cap, 0)) as a_excess,
		sum(b_floor) as b_floor, sum(b_cap) as b_cap,
		sum(greatest(b_floor - present, 0)) as b_shortfall,
		count(*) filter (where b_floor > present) as b_short,
		sum(greatest(b_cap - present, 0)) as b_headroom,
		sum(greatest(present - b_cap, 0)) as b_excess
	from line
), categories as (
	select count(*) as all_of_them,
		count(*) filter (where a_cap is distinct from b_cap) as changed,
		sum(a_cap) as a_cap,
		sum(greatest(present - a_cap, 0)) as a_excess,
		sum(b_cap) as b_cap,
		sum(greatest(present - b_cap, 0)) as b_excess
	from category
), page as (
	select * from line
	where ($4::boolean or is_changed)
		and ($5::uuid is null or id > $5::uuid)
	order by id
	limit $6::bigint
)
select g.id, drawn.day, (select (p).version from held), t.enterprises,
	t.changed, coalesce(t.a_floor, 0), coalesce(t.a_cap, 0),
	coalesce(t.a_shortfall, 0), t.a_short, coalesce(t.a_headroom, 0),
	coalesce(t.a_excess, 0), coalesce(t.b_floor, 0),
	coalesce(t.b_cap, 0), coalesce(t.b_shortfall, 0), t.b_short,
	coalesce(t.b_headroom, 0), coalesce(t.b_excess, 0), c.all_of_them,
	c.changed, coalesce(c.a_cap, 0), coalesce(c.a_excess, 0),
	coalesce(c.b_cap, 0), coalesce(c.b_excess, 0), g.name, g.staff_count,
	g.industry_code, g.present, g.is_changed, g.a_size, g.a_base,
	g.a_rule, g.a_industry, g.a_of_size, g.a_floor_mille, g.a_floor,
	g.a_cap_mille, g.a_cap, g.b_size, g.b_base, g.b_rule, g.b_industry,
	g.b_of_size, g.b_floor_mille, g.b_floor, g.b_cap_mille, g.b_cap
from drawn
cross join total t
cross join categories c
left join page g on true
order by g.id
