-- One appeal as records/appeal.h reads it, with its history; its student and
-- the student's school see it, whoever of them made it.
-- $1 consortium, $2 round, $3 appeal, $4 owner (student, school or
-- enterprise) or null for the office
select a.id, a.round_id, a.made_by, a.student_id, s.name, a.posting_id,
	p.title, a.grounds, a.text, a.state, a.answer, a.version, a.created_at,
	a.updated_at,
	coalesce((select json_agg(json_build_object('at', h.at,
			'from', h.from_state, 'to', h.to_state,
			'reason', h.reason, 'by', u.role) order by h.at, h.id)
		from event h
		left join account u on u.consortium_id = h.consortium_id
			and u.id = h.actor
		where h.consortium_id = a.consortium_id
			and h.subject_id = a.id), '[]')
from appeal a
left join student s on s.consortium_id = a.consortium_id
	and s.id = a.student_id
left join posting p on p.consortium_id = a.consortium_id
	and p.id = a.posting_id
where a.consortium_id = $1::uuid and a.round_id = $2::uuid
	and a.id = $3::uuid
	and ($4::uuid is null or $4::uuid in (a.owner_id, a.student_id,
		s.school_id))
