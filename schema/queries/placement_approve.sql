-- What the school says to an internship that its student has found.
-- $1 consortium, $2 placement, $3 school, $4 whether it approves, $5 reason or
-- null, $6 account
select approve_placement($1::uuid, $2::uuid, $3::uuid, $4::boolean, $5,
	$6::uuid)
