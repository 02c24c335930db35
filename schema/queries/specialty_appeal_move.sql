-- Answers an appeal, or takes it back.
-- $1 consortium, $2 list, $3 appeal, $4 who made it or null for the office, $5
-- state, $6 outcome, $7 answer, each or null, $8 account
select move_specialty_appeal($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6,
	$7, $8::uuid)
