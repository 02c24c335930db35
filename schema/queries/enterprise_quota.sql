-- What an enterprise must and may take, and who is there in a period: its own
-- row first, then its post categories, as records/quota.h reads them. Policy
-- and override are those that hold on the first day of the period; no row
-- where no policy does.
-- $1 consortium, $2 enterprise, $3 first day or null: today, $4 last day or
-- null: the first
with span as (
	select coalesce($3::date, today_in_china()) as first_day,
		coalesce($4::date, $3::date, today_in_china()) as last_day
), p as (
	select p.*, span.*, o.staff_cap_mille as staff_cap_granted,
		o.post_category_cap_mille as post_category_cap_granted,
		o.floor_mille as floor_granted, o.why
	from span
	join policy p on p.consortium_id = $1::uuid
		and p.version = policy_on($1::uuid, span.first_day)
	left join quota_override o on o.consortium_id = $1::uuid
		and o.enterprise_id = $2::uuid and o.days @> span.first_day
), present as (
	select distinct student_id, post_category_id
	from placement, span
	where consortium_id = $1::uuid and enterprise_id = $2::uuid
		and state in ('accepted', 'agreement_signed', 'started')
		and daterange(period_start, period_end, '[]')
			&& daterange(first_day, last_day, '[]')
)
select null::uuid as id, e.name, e.staff_count, e.staff_counted_on,
	least(100, coalesce(p.staff_cap_granted, p.staff_cap_mille))
		as cap_mille, q.cap_seats,
	(select count(distinct student_id) from present) as present_count,
	coalesce(p.floor_granted, p.floor_mille) as floor_mille,
	q.floor_seats, p.version, p.first_day, p.last_day, p.why
from p
join enterprise e on e.consortium_id = p.consortium_id and e.id = $2::uuid
join enterprise_quota($1::uuid, p.version, p.first_day) q
	on q.enterprise_id = e.id
union all
select c.id, c.name, c.staff_count, c.staff_counted_on,
	least(200, coalesce(p.post_category_cap_granted,
		p.post_category_cap_mille)), q.cap_seats,
	(select count(distinct n.student_id) from present n
		where n.post_category_id = c.id),
	null, null, null, null, null, null
from p
join post_category c on c.consortium_id = p.consortium_id
	and c.enterprise_id = $2::uuid
join post_category_quota($1::uuid, p.version, p.first_day) q
	on q.post_category_id = c.id
order by id nulls first
