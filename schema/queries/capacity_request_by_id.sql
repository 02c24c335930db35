-- One request for other openings as records/capacity_request.h reads it.
-- $1 consortium, $2 round, $3 request, $4 enterprise that asked, or null
select c.id, c.round_id, c.posting_id, p.title, c.enterprise_id, e.name,
	c.openings_before, c.openings, c.because, c.state, c.decided_because,
	c.decided_at, c.version, c.created_at, c.updated_at
from capacity_request c
join posting p on p.consortium_id = c.consortium_id and p.id = c.posting_id
join enterprise e on e.consortium_id = c.consortium_id
	and e.id = c.enterprise_id
where c.consortium_id = $1::uuid and c.round_id = $2::uuid
	and c.id = $3::uuid
	and ($4::uuid is null or c.enterprise_id = $4::uuid)
