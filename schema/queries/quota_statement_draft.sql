-- What a statement would say now, and whether its first day is still to come;
-- no row where there is no such enterprise for who asks.
-- $1 consortium, $2 enterprise, $3 owner or null, $4 first day, $5 last day,
-- $6 its id
select quota_statement_of($1::uuid, $2::uuid, $4::date, $5::date, $6::uuid),
	$4::date > today_in_china()
from enterprise e
where e.consortium_id = $1::uuid and e.id = $2::uuid
	and ($3::uuid is null or e.id = $3::uuid)
