-- Is there such an enterprise? Its state.
-- $1 consortium, $2 enterprise, $3 owner or null
select e.state
from enterprise e
where e.consortium_id = $1::uuid and e.id = $2::uuid
	and ($3::uuid is null or e.id = $3::uuid)
