-- One disclosure as records/disclosure.h reads it.
-- $1 consortium, $2 disclosure, $3 student
select d.id, d.student_id, d.enterprise_id, e.name, d.purpose, d.kinds, d.since,
	d.ended_at, d.ended_because, d.version
from disclosure d
join enterprise e on e.consortium_id = d.consortium_id
	and e.id = d.enterprise_id
where d.consortium_id = $1::uuid and d.id = $2::uuid
	and d.student_id = $3::uuid
