-- The agreement of a placement as records/agreement.h reads it; version 0
-- where nothing is written yet. An enterprise reads a guardian's name while it
-- is told whose the placement is.
-- $1 consortium, $2 placement, $3 owner (student, school or enterprise) or
-- null, $4 edition or null: the newest
select p.id, p.state, coalesce(a.version, 0), e.edition, a.edition,
	a.signed_edition, e.terms, encode(e.sha256, 'hex'),
	agreement_missing(coalesce(e.terms, '{}')),
	coalesce((select json_agg(json_build_object('party', g.party,
			'name', case when v.is_shown then g.name end,
			'signed_on', g.signed_on, 'at', g.created_at,
			'withdrawn_at', (select w.created_at
				from agreement_withdrawal w
				where w.consortium_id = g.consortium_id
					and w.placement_id = g.placement_id
					and w.edition = g.edition
					and w.party = g.party))
			order by g.created_at, g.party)
		from agreement_signature g
		where g.consortium_id = e.consortium_id
			and g.placement_id = e.placement_id
			and g.edition = e.edition), '[]'),
	e.created_at, u.owner_kind
from placement p
join student s on s.consortium_id = p.consortium_id and s.id = p.student_id
cross join lateral (select $3::uuid is distinct from p.enterprise_id
	or is_disclosed(p.consortium_id, p.student_id, p.enterprise_id))
	v (is_shown)
left join agreement a on a.consortium_id = p.consortium_id and a.id = p.id
left join agreement_edition e on e.consortium_id = a.consortium_id
	and e.placement_id = a.id
	and e.edition = coalesce($4::integer, a.edition)
left join account u on u.consortium_id = e.consortium_id
	and u.id = e.created_by
where p.consortium_id = $1::uuid and p.id = $2::uuid
	and ($3::uuid is null
		or $3::uuid in (p.student_id, p.enterprise_id, s.school_id))
	and ($4::integer is null or e.edition is not null)
