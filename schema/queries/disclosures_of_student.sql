-- A page of whom a student's name and contact were given to, newest first, as
-- records/disclosure.h reads it.
-- $1 consortium, $2 student, $3 id of the last one seen or null, $4 how many
select d.id, d.student_id, d.enterprise_id, e.name, d.purpose, d.kinds, d.since,
	d.ended_at, d.ended_because, d.version
from disclosure d
join enterprise e on e.consortium_id = d.consortium_id
	and e.id = d.enterprise_id
where d.consortium_id = $1::uuid and d.student_id = $2::uuid
	and ($3::uuid is null or d.id < $3::uuid)
order by d.id desc
limit $4::bigint
