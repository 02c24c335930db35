-- What an enterprise must and may take, and who is there in a period: its own
-- row first, then its post categories, as records/quota.h reads them. The
-- policy is the one in force, or for a period to come the one that will be in
-- force on its first day; no row where there is none.
-- $1 consortium, $2 enterprise, $3 first day or null: today, $4 last day or
-- null: the first
with today as (
	select (now() at time zone 'Asia/Shanghai')::date as day
), span as (
	select coalesce($3::date, day) as first_day,
		coalesce($4::date, $3::date, day) as last_day
	from today
), p as (
	select p.*, span.*
	from span
	join policy p on p.consortium_id = $1::uuid
		and p.version = policy_at($1::uuid, greatest(now(),
			span.first_day::timestamp at time zone 'Asia/Shanghai'))
), present as (
	select distinct student_id, post_category_id
	from placement, span
	where consortium_id = $1::uuid and enterprise_id = $2::uuid
		and state in ('accepted', 'agreement_signed', 'started')
		and daterange(period_start, period_end, '[]')
			&& daterange(first_day, last_day, '[]')
)
select null::uuid as id, e.name, e.staff_count, e.staff_counted_on,
	coalesce(o.staff_cap_mille, p.staff_cap_mille) as cap_mille,
	q.cap_seats,
	(select count(distinct student_id) from present) as present_count,
	coalesce(o.floor_mille, p.floor_mille) as floor_mille, q.floor_seats,
	p.version, p.first_day, p.last_day, o.why
from p
join enterprise e on e.consortium_id = p.consortium_id and e.id = $2::uuid
join enterprise_quota($1::uuid, p.version) q on q.enterprise_id = e.id
left join quota_override o on o.consortium_id = e.consortium_id
	and o.enterprise_id = e.id
union all
select c.id, c.name, c.staff_count, c.staff_counted_on,
	coalesce(o.post_category_cap_mille, p.post_category_cap_mille),
	q.cap_seats,
	(select count(distinct n.student_id) from present n
		where n.post_category_id = c.id),
	null, null, null, null, null, null
from p
join post_category c on c.consortium_id = p.consortium_id
	and c.enterprise_id = $2::uuid
join post_category_quota($1::uuid, p.version) q on q.post_category_id = c.id
left join quota_override o on o.consortium_id = c.consortium_id
	and o.enterprise_id = c.enterprise_id
order by id nulls first
