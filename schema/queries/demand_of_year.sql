-- An enterprise's demand for a year in its order, as records/demand.h reads it,
-- then the list's version and when it was put. One row without specialty says
-- that the list is there and empty; no row, that there is none.
-- $1 consortium, $2 enterprise, $3 year
select d.specialty_code, s.name, d.education, d.openings, d.note, l.version,
	l.updated_at
from demand_list l
left join demand d on d.consortium_id = l.consortium_id
	and d.enterprise_id = l.enterprise_id and d.year = l.year
left join specialty_node s on s.code = d.specialty_code
where l.consortium_id = $1::uuid and l.enterprise_id = $2::uuid
	and l.year = $3::integer
order by d.number
