-- A posting whose students are ranked: id, state, kind.
-- $1 consortium, $2 posting, $3 enterprise that owns, or null
select p.id, p.state, p.kind
from posting p
where p.consortium_id = $1::uuid and p.id = $2::uuid
	and ($3::uuid is null or p.enterprise_id = $3::uuid)
