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
	join student s on s.consortium_id = $1::uuid and s.id = t.student_id
	where s.school_id = $3::uuid
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
