-- One entry of an edition as records/specialty_edition.h reads it, with its
-- evidence: whole for its school, else what everybody may see.
-- $1 consortium, $2 list, $3 entry, $4 who asks: office, school or another, $5
-- the school that asks or null
select e.id, e.list_id, e.specialty_code, n.name, e.level, e.school_id, h.name,
	coalesce(e.decided_outcome, e.outcome), e.outcome, e.decided_why,
	e.decided_at, b.outcome, e.is_hidden, e.is_stable, e.with_more,
	e.with_fewer, e.cohorts, e.graduates, e.version,
	case when e.school_id = $5::uuid then e.own_evidence
		else e.evidence end
from specialty_list l
join specialty_entry e on e.consortium_id = l.consortium_id
	and e.list_id = l.id
left join specialty_node n on n.code = e.specialty_code
left join school h on h.consortium_id = e.consortium_id and h.id = e.school_id
cross join lateral (select specialty_outcome_before(e.consortium_id,
	e.list_id, e.specialty_code, e.school_id) as outcome) b
where l.consortium_id = $1::uuid and l.id = $2::uuid and e.id = $3::uuid
	and ($4::text = 'office' or l.state = 'published'
		or ($4::text = 'school' and l.comments_by is not null
			and is_specialty_entry_of(e, $5::uuid)))
