-- One placement with its posting's cutoff, its history and whom its
-- end is told to, as records/placement.h reads it; an enterprise sees whose it is while that is
-- disclosed to it, and never the school's number.
-- $1 consortium, $2 placement, $3 owner (student, school or enterprise) or null
select p.id, p.round_id, p.run_id, p.student_id, p.posting_id, p.enterprise_id,
	p.post_category_id, p.period_start, p.period_end, p.score, p.choice,
	p.state, p.version, p.created_at, p.updated_at, p.origin, p.offer_id,
	p.approved_at, p.started_on, p.ended_on,
	coalesce(t.title, p.title), e.name,
	case when v.is_shown then s.name end,
	case when $3::uuid is distinct from p.enterprise_id
		then s.student_number end,
	exists (select from run_proposal o
		where o.consortium_id = p.consortium_id and o.run_id = p.run_id
			and o.student_id = p.student_id),
	p.decide_by,
	c.score, c.rank, c.lottery, c.binding,
	coalesce((select json_agg(json_build_object('at', h.at,
			'from', h.from_state, 'to', h.to_state,
			'reason', h.reason, 'by', u.role) order by h.at, h.id)
		from event h
		left join account u on u.consortium_id = h.consortium_id
			and u.id = h.actor
		where h.consortium_id = p.consortium_id
			and h.subject_id = p.id), '[]'),
	coalesce((select json_agg(json_build_object('about', n.about,
			'party', n.party, 'at', n.created_at, 'told_at',
			n.told_at) order by n.created_at, n.about, n.party)
		from placement_notice n
		where n.consortium_id = p.consortium_id
			and n.placement_id = p.id), '[]')
from placement p
left join posting t on t.consortium_id = p.consortium_id
	and t.id = p.posting_id
join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
join student s on s.consortium_id = p.consortium_id and s.id = p.student_id
cross join lateral (select $3::uuid is distinct from p.enterprise_id
	or is_disclosed(p.consortium_id, p.student_id, p.enterprise_id))
	v (is_shown)
left join run_cutoff c on c.consortium_id = p.consortium_id
	and c.run_id = p.run_id and c.posting_id = p.posting_id
where p.consortium_id = $1::uuid and p.id = $2::uuid
	and ($3::uuid is null
		or $3::uuid in (p.student_id, p.enterprise_id, s.school_id))
