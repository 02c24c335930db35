-- Decides a request for other openings, or takes it back.
-- $1 consortium, $2 round, $3 request, $4 enterprise that asked, or null,
-- $5 state, $6 why or null, $7 account
select end_capacity_request($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6,
	$7::uuid)
