-- The school has seen that a follow-up is so.
-- $1 consortium, $2 student, $3 months, $4 school, $5 version that the caller
-- saw, $6 account
select verify_follow_up($1::uuid, $2::uuid, $3::smallint, $4::uuid, $5::bigint,
	$6::uuid)
