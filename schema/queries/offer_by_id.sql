-- One offer as records/offer.h reads it, with its history.
-- $1 consortium, $2 offer, $3 owner (student, enterprise or school) or null
select o.id, o.application_id, a.posting_id, p.title, p.kind, a.enterprise_id,
	e.name, a.student_id, o.starts_on, o.ends_on, o.pay_fen, o.reply_by,
	o.terms, t.id, o.state, o.version, o.created_at, o.updated_at,
	coalesce((select json_agg(json_build_object('at', h.at,
			'from', h.from_state, 'to', h.to_state,
			'reason', h.reason, 'by', u.role) order by h.at, h.id)
		from event h
		left join account u on u.consortium_id = h.consortium_id
			and u.id = h.actor
		where h.consortium_id = o.consortium_id
			and h.subject_id = o.id), '[]')
from offer o
join application a on a.consortium_id = o.consortium_id
	and a.id = o.application_id
join posting p on p.consortium_id = a.consortium_id and p.id = a.posting_id
join enterprise e on e.consortium_id = a.consortium_id
	and e.id = a.enterprise_id
join student s on s.consortium_id = a.consortium_id and s.id = a.student_id
left join placement t on t.consortium_id = o.consortium_id
	and t.offer_id = o.id
where o.consortium_id = $1::uuid and o.id = $2::uuid
	and ($3::uuid is null
		or $3::uuid in (a.student_id, a.enterprise_id, s.school_id))
