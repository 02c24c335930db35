-- A page of a round's requests for other openings, newest first, as
-- records/capacity_request.h reads them.
-- $1 consortium, $2 round, $3 enterprise that asked, or null, $4 state or null,
-- $5 id of the last one seen or null, $6 how many
select c.id, c.round_id, c.posting_id, p.title, c.enterprise_id, e.name,
	c.openings_before, c.openings, c.because, c.state, c.decided_because,
	c.decided_at, c.version, c.created_at, c.updated_at
from capacity_request c
join posting p on p.consortium_id = c.consortium_id and p.id = c.posting_id
join enterprise e on e.consortium_id = c.consortium_id
	and e.id = c.enterprise_id
where c.consortium_id = $1::uuid and c.round_id = $2::uuid
	and ($3::uuid is null or c.enterprise_id = $3::uuid)
	and ($4::text is null or c.state = $4)
	and ($5::uuid is null or c.id < $5::uuid)
order by c.id desc
limit $6::bigint
