-- One application as records/application.h reads it, with the sealed phone
-- for the two, the history, and whether the phone is withheld. An enterprise
-- sees whose it is while that is disclosed to it; of somebody under 18 its
-- reading is audited, and the phone shown to whom may_read_sealed allows it.
-- $1 consortium, $2 application, $3 owner (student, enterprise or school) or
-- null, $4 account
select a.id, a.posting_id, p.title, p.kind, a.enterprise_id, e.name,
	a.student_id, a.state,
	case when v.is_shown then a.message end, a.score, a.policy_version,
	a.lapses_at, a.version, a.created_at, a.updated_at, d.is_open,
	s.name, s.school_id, c.name, s.specialty_code, y.name,
	s.entry_year, s.skills, s.certificates,
	case when $3::uuid = a.student_id or m.may_read
		then convert_from(s.phone_sealed, 'UTF8') end,
	coalesce((select json_agg(json_build_object('id', i.id, 'at', i.at,
			'place', i.place, 'note', i.note) order by i.id)
		from interview i
		where i.consortium_id = a.consortium_id
			and i.application_id = a.id), '[]'),
	coalesce((select json_agg(json_build_object('at', h.at,
			'from', h.from_state, 'to', h.to_state,
			'reason', h.reason, 'by', u.role) order by h.at, h.id)
		from event h
		left join account u on u.consortium_id = h.consortium_id
			and u.id = h.actor
		where h.consortium_id = a.consortium_id
			and h.subject_id = a.id), '[]'),
	(select audit_append(a.consortium_id, $4::uuid, 'read', 'student',
		a.student_id, json_build_object('application_id', a.id))
		where $3::uuid = a.enterprise_id and d.is_open
			and is_minor(s.birth_date)),
	coalesce(not m.may_read, false)
from application a
join student o on o.consortium_id = a.consortium_id and o.id = a.student_id
join posting p on p.consortium_id = a.consortium_id and p.id = a.posting_id
join enterprise e on e.consortium_id = a.consortium_id
	and e.id = a.enterprise_id
cross join lateral (select is_disclosed(a.consortium_id, a.student_id,
	a.enterprise_id)) d (is_open)
cross join lateral (select d.is_open
	or $3::uuid is distinct from a.enterprise_id) v (is_shown)
left join student s on v.is_shown and s.consortium_id = a.consortium_id
	and s.id = a.student_id
cross join lateral (select case when $3::uuid = a.enterprise_id
		and s.phone_sealed is not null
	then may_read_sealed(a.consortium_id, $4::uuid, s.id, s.birth_date,
		'contact') end) m (may_read)
left join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
left join specialty y on y.code = s.specialty_code
where a.consortium_id = $1::uuid and a.id = $2::uuid
	and ($3::uuid is null
		or $3::uuid in (a.student_id, a.enterprise_id, o.school_id))
