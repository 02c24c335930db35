-- What floors and caps hang on: every enterprise that owes or offers a seat,
-- then its post categories. Those who are there in the round's period count
-- against the caps and towards the floors. What the office granted counts as
-- of the round's first day, or of today once that is past. Returns id, parent
-- (null for an enterprise), lower, upper. Of a run again, who is there by the
-- round itself is counted by pins, and whoever takes pins is there. What is
-- proposed in the rounds before and after counts, too.
-- $1 consortium, $2 policy version, $3 first day, $4 last day, $5 run, $6 round
with present as (
	select enterprise_id, post_category_id, student_id
	from seats_taken_beside($1::uuid, $3::date, $4::date,
		round_of_run_again($1::uuid, $5::uuid))
	union
	select enterprise_id, post_category_id, student_id
	from placement
	where consortium_id = $1::uuid and state = 'proposed'
		and round_id in (select b.id
			from rounds_beside($1::uuid, $6::uuid) b)
), pinned as (
	select distinct enterprise_id
	from priors_of_run($1::uuid, $5::uuid) where is_pinned
), in_enterprise as (
	select enterprise_id, count(distinct student_id) as seats
	from present group by 1
), in_category as (
	select post_category_id, count(*) as seats from present
	where post_category_id is not null group by 1
)
select q.enterprise_id, null::uuid as parent,
	greatest(q.floor_seats - coalesce(n.seats, 0), 0) as lower,
	greatest(q.cap_seats - coalesce(n.seats, 0), 0) as upper
from enterprise_quota($1::uuid, $2::integer,
	greatest($3::date, today_in_china())) q
join enterprise e on e.consortium_id = $1::uuid and e.id = q.enterprise_id
	and (e.state = 'verified'
		or e.id in (select enterprise_id from pinned))
left join in_enterprise n on n.enterprise_id = q.enterprise_id
union all
select q.post_category_id, q.enterprise_id, 0,
	greatest(q.cap_seats - coalesce(n.seats, 0), 0)
from post_category_quota($1::uuid, $2::integer,
	greatest($3::date, today_in_china())) q
join enterprise e on e.consortium_id = $1::uuid and e.id = q.enterprise_id
	and (e.state = 'verified'
		or e.id in (select enterprise_id from pinned))
left join in_category n on n.post_category_id = q.post_category_id
