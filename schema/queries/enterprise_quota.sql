-- What an enterprise must and may take, and who is there in a period: its own
-- row first, then its post categories, as records/quota.h reads them. Policy
-- and override are those that hold on the first day of the period; no row
-- where no policy does.
-- $1 consortium, $2 enterprise, $3 first day or null: today, $4 last day or
-- null: the first, $5 the day as it was known then: no row, if it is past
with span as (
	select coalesce($5::date, $3::date, today_in_china()) as first_day,
		coalesce($5::date, $4::date, $3::date, today_in_china())
			as last_day
	where $5::date is null or $5::date >= today_in_china()
), taken as (
	select l.id,
		count(distinct t.student_id)
			filter (where t.period_start <= last_day) as present,
		count(distinct t.student_id)
			filter (where t.period_start <= last_day
				and t.state = 'started') as started,
		count(distinct t.student_id)
			filter (where t.state <> 'started') as committed
	from span
	cross join seats_taken($1::uuid, first_day, 'infinity') t
	cross join lateral (values (t.enterprise_id), (t.post_category_id))
		as l (id)
	where t.enterprise_id = $2::uuid
	group by l.id
), asked as (
	select a.* from span, quota_asked($1::uuid, $2::uuid, first_day) a
), line as (
	select e.id as line_id, null::uuid as id, e.name, e.staff_count,
		e.staff_counted_on, u.cap_mille, u.cap_seats, u.floor_mille,
		u.floor_seats, p.version, s.first_day, s.last_day, o.why,
		u.size_class, p.floor_base, u.base_count, u.base_counted_on,
		u.floor_rule, u.rule_industry_code, u.rule_size_class,
		o.id as exemption_id, o.starts_on,
		upper(o.days) - 1 as ends_on
	from span s
	join policy p on p.consortium_id = $1::uuid
		and p.version = policy_on($1::uuid, s.first_day)
	cross join lateral enterprise_quota_under(p, s.first_day) u
	join enterprise e on e.consortium_id = $1::uuid
		and e.id = u.enterprise_id
	left join quota_override o on o.consortium_id = $1::uuid
		and o.id = u.override_id
	where u.enterprise_id = $2::uuid
	union all
	select c.id, c.id, c.name, c.staff_count, c.staff_counted_on,
		u.cap_mille, u.cap_seats, null, null, null, null, null, null,
		null, null, null, null, null, null, null, null, null, null
	from span s
	join policy p on p.consortium_id = $1::uuid
		and p.version = policy_on($1::uuid, s.first_day)
	cross join lateral post_category_quota_under(p, s.first_day) u
	join post_category c on c.consortium_id = $1::uuid
		and c.id = u.post_category_id
	where u.enterprise_id = $2::uuid
)
select l.id, l.name, l.staff_count, l.staff_counted_on, l.cap_mille,
	l.cap_seats, coalesce(t.present, 0), l.floor_mille, l.floor_seats,
	l.version, l.first_day, l.last_day, l.why, l.size_class, l.floor_base,
	l.base_count, l.base_counted_on, l.floor_rule, l.rule_industry_code,
	l.rule_size_class, coalesce(t.started, 0), coalesce(t.committed, 0),
	coalesce(a.wishing, 0), coalesce(a.proposed, 0),
	coalesce(a.offered, 0), coalesce(a.reserved, 0),
	null::timestamptz as recorded_at, l.exemption_id, l.starts_on,
	l.ends_on
from line l
left join taken t on t.id = l.line_id
left join asked a on a.line_id = l.line_id
order by l.id nulls first
