-- Graduates and openings of a year by category of specialty, all levels of it
-- together: name, graduates, openings of work, openings of talent-demand lists;
-- openings split as demand_by_year does, in thousandths.
-- $1 consortium, $2 year
with line as (
	select s.specialty_code, s.students, 0 as work, 0 as listed
	from supply_by_year($1::uuid, $2::integer, $2::integer) s
	union all
	select d.specialty_code, 0, case when d.source in ('job',
			'apprenticeship', 'order_class')
			then d.openings_share else 0 end,
		case when d.source = 'demand-list'
			then d.openings_share else 0 end
	from demand_by_year($1::uuid, $2::integer, $2::integer) d
)
select min(n.name), sum(l.students), sum(l.work), sum(l.listed)
from line l
join specialty_node n on n.code = left(l.specialty_code, 2)
group by n.code::integer % 20
having sum(l.students) + sum(l.work) + sum(l.listed) > 0
order by n.code::integer % 20
