-- A page of a run's totals over a school's students, by specialty or by class
-- within it, as records/round_page.h reads them.
-- $1 consortium, $2 run, $3 school, $4 whether by class, $5 specialty and
-- $6 class of the last one seen or null, $7 how many
with told as (
	select s.specialty_code,
		case when $4::boolean then coalesce(s.class_name, '') else '' end
			as class_name,
		rp.choice, n.why
	from student s
	left join run_placement rp on rp.consortium_id = s.consortium_id
		and rp.run_id = $2::uuid and rp.student_id = s.id
	left join run_unplaced n on n.consortium_id = s.consortium_id
		and n.run_id = $2::uuid and n.student_id = s.id
	where s.consortium_id = $1::uuid and s.school_id = $3::uuid
		and (rp.student_id is not null or n.student_id is not null)
)
select t.specialty_code, y.name, t.class_name, count(*), count(t.choice),
	count(*) filter (where t.choice = 1), count(t.why),
	count(*) filter (where t.why = 'no_wishes'),
	count(*) filter (where t.why = 'left_out'),
	count(*) filter (where t.why in ('ranking', 'rank')),
	count(*) filter (where t.why = 'seats'),
	count(*) filter (where t.why = 'score'),
	count(*) filter (where t.why in ('lottery', 'posting', 'even')),
	count(*) filter (where t.why in ('shortfall', 'placed'))
from told t
join specialty y on y.code = t.specialty_code
where $5::text is null or (t.specialty_code, t.class_name) > ($5, $6::text)
group by t.specialty_code, y.name, t.class_name
order by t.specialty_code, t.class_name
limit $7::bigint
