-- Makes an appeal against a published round.
-- $1 consortium, $2 round, $3 appeal, $4 who makes it (student, school,
-- enterprise), $5 the id of that one, $6 student or null, $7 posting or null,
-- $8 grounds, $9 text, $10 account
select make_appeal($1::uuid, $2::uuid, $3::uuid, $4, $5::uuid, $6::uuid,
	$7::uuid, $8, $9, $10::uuid)
