-- Writes a new edition of an agreement.
-- $1 consortium, $2 placement, $3 owner (school or enterprise), $4 terms,
-- $5 version that the caller saw, $6 account
select put_agreement($1::uuid, $2::uuid, $3::uuid, $4::json, $5::bigint,
	$6::uuid)
