-- Takes an edition of the three lists to a state.
-- $1 consortium, $2 list, $3 state, $4 until when comments may be made, of state
-- `comment`, $5 reason, each or null, $6 account
select move_specialty_list($1::uuid, $2::uuid, $3, $4::timestamptz, $5,
	$6::uuid)
