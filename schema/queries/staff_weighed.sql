-- How many interns a count of staff allows, and how many are there on the
-- fullest day from today on; no row where no policy says it.
-- $1 consortium, $2 enterprise, $3 post category or null: the whole, $4 staff
with there as (
	select student_id, daterange(period_start, period_end, '[]') as days
	from seats_taken($1::uuid, today_in_china(), 'infinity')
	where enterprise_id = $2::uuid
		and ($3::uuid is null or post_category_id = $3::uuid)
), fullest as (
	select count(distinct t.student_id) as students
	from (select distinct greatest(lower(days), today_in_china()) as day
		from there) d
	join there t on t.days @> d.day
	group by d.day
)
select ($4::bigint * case when $3::uuid is null
		then least(100, coalesce(o.staff_cap_mille,
			p.staff_cap_mille))
		else least(200, coalesce(o.post_category_cap_mille,
			p.post_category_cap_mille)) end / 1000)::bigint,
	coalesce((select max(students) from fullest), 0)
from policy p
left join quota_override o on o.consortium_id = p.consortium_id
	and o.enterprise_id = $2::uuid and o.days @> today_in_china()
where p.consortium_id = $1::uuid and p.version = policy_at($1::uuid, now())
