-- A page of the entries of an edition as records/specialty_edition.h reads them:
-- the office sees all; a school its own, and those of all schools for what it
-- teaches, until the edition is published, and then, like everybody, all.
-- $1 consortium, $2 list, $3 who asks, $4 the school that asks or null, $5 of
-- (`all-schools`, `school`), $6 outcome, $7 level, $8 specialty, class or
-- category, $9 school, $10 whether it was decided otherwise than the rule has
-- it, $11 whether it is stable, $12 whether something else stood before, each or
-- null, $13 specialty and $14 school ('' for none) of the last one seen or null,
-- $15 how many
select e.id, e.list_id, e.specialty_code, n.name, e.level, e.school_id, h.name,
	coalesce(e.decided_outcome, e.outcome), e.outcome, e.decided_why,
	e.decided_at, b.outcome, e.is_hidden, e.is_stable, e.with_more,
	e.with_fewer, e.cohorts, e.graduates, e.version,
	coalesce(e.school_id::text, '')
from specialty_list l
join specialty_entry e on e.consortium_id = l.consortium_id
	and e.list_id = l.id
left join specialty_node n on n.code = e.specialty_code
left join school h on h.consortium_id = e.consortium_id and h.id = e.school_id
cross join lateral (select specialty_outcome_before(e.consortium_id,
	e.list_id, e.specialty_code, e.school_id) as outcome) b
where l.consortium_id = $1::uuid and l.id = $2::uuid
	and ($3::text = 'office' or l.state = 'published'
		or ($3::text = 'school' and l.comments_by is not null
			and is_specialty_entry_of(e, $4::uuid)))
	and ($5::text is null or (e.school_id is null) = ($5 = 'all-schools'))
	and ($6::text is null
		or coalesce(e.decided_outcome, e.outcome) = $6)
	and ($7::text is null or e.level = $7)
	and ($8::text is null or left(e.specialty_code, length($8)) = $8)
	and ($9::uuid is null or e.school_id = $9::uuid)
	and ($10::boolean is null
		or (e.decided_outcome is not null) = $10::boolean)
	and ($11::boolean is null or e.is_stable = $11::boolean)
	and ($12::boolean is null or coalesce(b.outcome
		<> coalesce(e.decided_outcome, e.outcome), false) = $12::boolean)
	and ($13::text is null or (e.specialty_code,
		coalesce(e.school_id::text, '')) > ($13::text, $14::text))
order by e.specialty_code, coalesce(e.school_id::text, '')
limit $15::bigint
