-- A page of complaints, newest first, as records/complaint.h reads them.
-- $1 consortium, $2 owner (who made it) or null for the office, $3 enterprise,
-- $4 student, $5 state, each or null, $6 id of the last one seen or null, $7 how
-- many, $8 first and $9 last day that they were made on, $10 whether they are
-- open, each or null
select c.id, c.made_by, c.student_id, c.enterprise_id, e.name, c.subject, c.text,
	c.answer, c.state, c.version, c.created_at, c.updated_at,
	case when $2::uuid is null or $2::uuid = c.student_id
		then s.name end
from complaint c
join enterprise e on e.consortium_id = c.consortium_id
	and e.id = c.enterprise_id
join student s on s.consortium_id = c.consortium_id and s.id = c.student_id
where c.consortium_id = $1::uuid
	and ($2::uuid is null or $2::uuid = case c.made_by
		when 'student' then c.student_id else c.enterprise_id end)
	and ($3::uuid is null or c.enterprise_id = $3::uuid)
	and ($4::uuid is null or c.student_id = $4::uuid)
	and ($5::text is null or c.state = $5)
	and ($8::date is null or c.created_at >= china_midnight($8::date))
	and ($9::date is null or c.created_at < china_midnight($9::date + 1))
	and ($10::boolean is null or (c.state = 'open') = $10::boolean)
	and ($6::uuid is null or c.id < $6::uuid)
order by c.id desc
limit $7::bigint
