-- Takes an enterprise to another state, as records/enterprise.h reads it; no
-- row where it is not as it was seen.
-- $1 consortium, $2 enterprise, $3 version seen, $4 state, $5 reason or null,
-- $6 account
with e as (
	update enterprise set state = $4, reason = $5, actor = $6::uuid
	where consortium_id = $1::uuid and id = $2::uuid
		and version = $3::bigint
	returning *
)
select e.id, e.uscc, e.name, e.industry_code, i.name, e.unit_nature_code,
	e.division_code, d.name, e.address, e.state, e.staff_count,
	e.staff_counted_on, e.version, e.created_at, e.updated_at,
	e.postings_are_public
from e
join industry i on i.code = e.industry_code
join division d on d.code = e.division_code
