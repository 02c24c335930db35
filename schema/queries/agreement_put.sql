-- Writes a new edition of an agreement; true: rule 1.3 was passed over.
-- $1 consortium, $2 placement, $3 owner (school, enterprise or student), $4
-- terms, $5 version that the caller saw, $6 account, $7 rules with a reason
select put_agreement($1::uuid, $2::uuid, $3::uuid, $4::json, $5::bigint,
	$6::uuid, $7::text[])
