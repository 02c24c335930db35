-- A page of what enterprises propose to a school, the latest drafted first, as
-- records/cooperation.h reads it.
-- $1 consortium, $2 school, $3 state, $4 kind, each or null, $5 posting of the
-- last one seen or null, $6 how many
select c.id, p.kind, p.title, p.state, p.enterprise_id, e.name, c.school_id,
	h.name, c.specialty_code, y.name, y.level, c.entry_year, c.cohort_size,
	c.enterprise_mentor, c.school_mentor, c.contract_form, c.note, c.state,
	c.version, c.created_at, c.updated_at
from cooperation c
join posting p on p.consortium_id = c.consortium_id and p.id = c.id
join enterprise e on e.consortium_id = c.consortium_id
	and e.id = p.enterprise_id
join school h on h.consortium_id = c.consortium_id and h.id = c.school_id
join specialty y on y.code = c.specialty_code
where c.consortium_id = $1::uuid and c.school_id = $2::uuid
	and ($3::text is null or c.state = $3)
	and ($4::text is null or p.kind = $4)
	and ($5::uuid is null or c.id < $5::uuid)
order by c.id desc
limit $6::bigint
