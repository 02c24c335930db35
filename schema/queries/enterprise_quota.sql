-- What an enterprise must and may take, and who is there in a period: its own
-- row first, then its post categories, as records/quota.h reads them. Policy
-- and override are those that hold on the first day of the period; no row
-- where no policy does.
-- $1 consortium, $2 enterprise, $3 first day or null: today, $4 last day or
-- null: the first
with span as (
	select coalesce($3::date, today_in_china()) as first_day,
		coalesce($4::date, $3::date, today_in_china()) as last_day
), present as (
	select distinct student_id, post_category_id
	from placement, span
	where consortium_id = $1::uuid and enterprise_id = $2::uuid
		and state in ('accepted', 'agreement_signed', 'started')
		and daterange(period_start, period_end, '[]')
			&& daterange(first_day, last_day, '[]')
)
select null::uuid as id, e.name, e.staff_count, e.staff_counted_on,
	u.cap_mille, u.cap_seats,
	(select count(distinct student_id) from present) as present_count,
	u.floor_mille, u.floor_seats, p.version, s.first_day, s.last_day, o.why,
	u.size_class, p.floor_base, u.base_count, u.base_counted_on,
	u.floor_rule, u.rule_industry_code, u.rule_size_class
from span s
join policy p on p.consortium_id = $1::uuid
	and p.version = policy_on($1::uuid, s.first_day)
cross join lateral enterprise_quota_under(p, s.first_day) u
join enterprise e on e.consortium_id = $1::uuid and e.id = u.enterprise_id
left join quota_override o on o.consortium_id = $1::uuid
	and o.id = u.override_id
where u.enterprise_id = $2::uuid
union all
select c.id, c.name, c.staff_count, c.staff_counted_on, u.cap_mille,
	u.cap_seats, (select count(distinct n.student_id) from present n
		where n.post_category_id = c.id),
	null, null, null, null, null, null, null, null, null, null, null, null,
	null
from span s
join policy p on p.consortium_id = $1::uuid
	and p.version = policy_on($1::uuid, s.first_day)
cross join lateral post_category_quota_under(p, s.first_day) u
join post_category c on c.consortium_id = $1::uuid
	and c.id = u.post_category_id
where u.enterprise_id = $2::uuid
order by id nulls first
