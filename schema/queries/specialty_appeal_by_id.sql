-- One appeal or comment as records/specialty_edition.h reads it, with its
-- history.
-- $1 consortium, $2 list, $3 appeal, $4 school or null for the office
select a.id, a.list_id, a.entry_id, e.specialty_code, n.name, e.school_id is null,
	a.school_id, h.name, a.asks, a.text, a.state, a.answer, a.version,
	a.created_at, a.updated_at,
	coalesce((select json_agg(json_build_object('at', v.at,
			'from', v.from_state, 'to', v.to_state,
			'reason', v.reason, 'by', u.role) order by v.at, v.id)
		from event v
		left join account u on u.consortium_id = v.consortium_id
			and u.id = v.actor
		where v.consortium_id = a.consortium_id
			and v.subject_id = a.id), '[]')
from specialty_appeal a
join specialty_entry e on e.consortium_id = a.consortium_id
	and e.id = a.entry_id
join school h on h.consortium_id = a.consortium_id and h.id = a.school_id
left join specialty_node n on n.code = e.specialty_code
where a.consortium_id = $1::uuid and a.list_id = $2::uuid
	and a.id = $3::uuid
	and ($4::uuid is null or a.school_id = $4::uuid)
