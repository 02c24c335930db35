-- A page of a run's totals over a school's students, by specialty or by class
-- within it, as records/round_page.h reads them.
-- $1 consortium, $2 run, $3 school, $4 whether by class, $5 specialty and
-- $6 class of the last one seen or null, $7 how many
with took_part as (
	select p.student_id, p.choice, null as why
	from run_placement p
	where p.consortium_id = $1::uuid and p.run_id = $2::uuid
	union all
	select n.student_id, null, n.why
	from run_unplaced n
	where n.consortium_id = $1::uuid and n.run_id = $2::uuid
), told as (
	select s.specialty_code,
		case when $4::boolean then coalesce(s.class_name, '') else '' end
			as class_name,
		t.choice, t.why
	from took_part t
	-- by key, one by one, whatever is known of a run that was just stored
	cross join lateral (select * from student s
		where s.consortium_id = $1::uuid and s.id = t.student_id
		limit 1) s
	where s.school_id = $3::uuid
), counted as (
	select t.specialty_code, t.class_name, count(*) as students,
		count(t.choice) as placed,
		count(*) filter (where t.choice = 1) as first_choice,
		count(t.why) as unplaced,
		count(*) filter (where t.why = 'no_wishes') as no_wishes,
		count(*) filter (where t.why = 'left_out') as left_out,
		count(*) filter (where t.why in ('ranking', 'rank'))
			as by_ranking,
		count(*) filter (where t.why = 'seats') as no_seats,
		count(*) filter (where t.why = 'score') as by_score,
		count(*) filter (where t.why in ('lottery', 'posting', 'even'))
			as by_lottery,
		count(*) filter (where t.why in ('shortfall', 'placed'))
			as for_others
	from told t
	where $5::text is null
		or (t.specialty_code, t.class_name) > ($5, $6::text)
	group by t.specialty_code, t.class_name
	order by t.specialty_code, t.class_name
	limit $7::bigint
)
select c.specialty_code, y.name, c.class_name, c.students, c.placed,
	c.first_choice, c.unplaced, c.no_wishes, c.left_out, c.by_ranking,
	c.no_seats, c.by_score, c.by_lottery, c.for_others
from counted c
join specialty y on y.code = c.specialty_code
order by c.specialty_code, c.class_name
