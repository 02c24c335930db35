-- One complaint as records/complaint.h reads it, with its history.
-- $1 consortium, $2 complaint, $3 owner (who made it) or null for the office
select c.id, c.made_by, c.student_id, c.enterprise_id, e.name, c.subject, c.text,
	c.answer, c.state, c.version, c.created_at, c.updated_at,
	case when $3::uuid is null or $3::uuid = c.student_id
		then s.name end,
	coalesce((select json_agg(json_build_object('at', h.at,
			'from', h.from_state, 'to', h.to_state,
			'reason', h.reason, 'by', u.role) order by h.at, h.id)
		from event h
		left join account u on u.consortium_id = h.consortium_id
			and u.id = h.actor
		where h.consortium_id = c.consortium_id
			and h.subject_id = c.id), '[]')
from complaint c
join enterprise e on e.consortium_id = c.consortium_id
	and e.id = c.enterprise_id
join student s on s.consortium_id = c.consortium_id and s.id = c.student_id
where c.consortium_id = $1::uuid and c.id = $2::uuid
	and ($3::uuid is null or $3::uuid = case c.made_by
		when 'student' then c.student_id else c.enterprise_id end)
