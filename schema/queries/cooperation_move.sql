-- A school agrees to what an enterprise proposes, or refuses.
-- $1 consortium, $2 posting, $3 school, $4 state, $5 version that the caller
-- saw, $6 reason or null, $7 account
select move_cooperation($1::uuid, $2::uuid, $3::uuid, $4, $5::bigint, $6,
	$7::uuid)
