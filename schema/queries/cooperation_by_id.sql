-- With whom a posting is held, as records/cooperation.h reads it, with its
-- history: for the two parties, and once it is public for the school's students.
-- $1 consortium, $2 posting, $3 owner (enterprise, school or student) or null
-- for the office
select c.id, p.kind, p.title, p.state, p.enterprise_id, e.name, c.school_id,
	h.name, c.specialty_code, y.name, y.level, c.entry_year, c.cohort_size,
	c.enterprise_mentor, c.school_mentor, c.contract_form, c.note, c.state,
	c.version, c.created_at, c.updated_at,
	coalesce((select json_agg(json_build_object('at', v.at,
			'from', v.from_state, 'to', v.to_state,
			'reason', v.reason, 'by', u.role) order by v.at, v.id)
		from event v
		left join account u on u.consortium_id = v.consortium_id
			and u.id = v.actor
		where v.consortium_id = c.consortium_id
			and v.machine = 'cooperation' and v.subject_id = c.id),
		'[]')
from cooperation c
join posting p on p.consortium_id = c.consortium_id and p.id = c.id
join enterprise e on e.consortium_id = c.consortium_id
	and e.id = p.enterprise_id
join school h on h.consortium_id = c.consortium_id and h.id = c.school_id
join specialty y on y.code = c.specialty_code
where c.consortium_id = $1::uuid and c.id = $2::uuid
	and ($3::uuid is null or $3::uuid in (p.enterprise_id, c.school_id)
		or (p.state <> 'draft' and exists (select from student s
			where s.consortium_id = c.consortium_id
				and s.id = $3::uuid
				and s.school_id = c.school_id)))
