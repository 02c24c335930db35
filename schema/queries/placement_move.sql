-- Takes a placement to a state.
-- $1 consortium, $2 placement, $3 owner (student, school or enterprise),
-- $4 state, $5 reason or null, $6 account
select move_placement($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::uuid)
