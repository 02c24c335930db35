-- A page of what schools said of an edition, newest first, as
-- records/specialty_edition.h reads it.
-- $1 consortium, $2 list, $3 school or null for the office, $4 state, $5 entry,
-- $6 whether it asks for an outcome, $7 whether it is answered, each or null, $8
-- id of the last one seen or null, $9 how many
select a.id, a.list_id, a.entry_id, e.specialty_code, n.name, e.school_id is null,
	a.school_id, h.name, a.asks, a.text, a.state, a.answer, a.version,
	a.created_at, a.updated_at
from specialty_appeal a
join specialty_entry e on e.consortium_id = a.consortium_id
	and e.id = a.entry_id
join school h on h.consortium_id = a.consortium_id and h.id = a.school_id
left join specialty_node n on n.code = e.specialty_code
where a.consortium_id = $1::uuid and a.list_id = $2::uuid
	and ($3::uuid is null or a.school_id = $3::uuid)
	and ($4::text is null or a.state = $4)
	and ($5::uuid is null or a.entry_id = $5::uuid)
	and ($6::boolean is null or (a.asks is not null) = $6::boolean)
	and ($7::boolean is null or (a.answer is not null) = $7::boolean)
	and ($8::uuid is null or a.id < $8::uuid)
order by a.id desc
limit $9::bigint
