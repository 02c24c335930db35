-- The smallest parts of the last three cohorts, as employment_parts.sql has them
-- by place, each with its specialty; and the first and the last of the years. A
-- cohort is there from the first of September on, after the first official day.
-- $1 consortium, $2 whether only those are counted who said what they earn
with span as (
	select extract(year from today_in_china())::integer
		- (extract(month from today_in_china()) < 9)::integer as last
), part as (
	select g.year, g.school_id, g.specialty_code as specialty,
		count(*) as n
	from span w
	join graduate_fact g on g.consortium_id = $1::uuid
		and g.to_at = 'infinity' and g.year between w.last - 2
			and w.last
	where not $2::boolean or (g.code <> 'none' and exists (
		select from graduate_destination d
		where d.consortium_id = g.consortium_id
			and d.id = g.student_id and d.pay_band is not null))
	group by 1, 2, 3
)
select a.specialty, a.n,
	concat_ws('|', a.year, h.division_code, a.school_id,
		left(a.specialty, 4)),
	concat_ws('|', a.year, h.division_code, a.school_id,
		left(a.specialty, 2)),
	concat_ws('|', a.year, h.division_code, a.school_id),
	concat_ws('|', a.year, h.division_code),
	a.year::text,
	coalesce((select p.small_group_least from policy p
		where p.consortium_id = $1::uuid
			and p.version = policy_at($1::uuid, now())), 11)
from part a
left join school h on h.consortium_id = $1::uuid and h.id = a.school_id
order by a.year, h.division_code, a.school_id, a.specialty
