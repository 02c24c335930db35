-- The employer denies it, or the school gives it back.
-- $1 consortium, $2 student, $3 owner (enterprise or school), $4 version that
-- the caller saw, $5 reason, $6 account
select dispute_graduate_destination($1::uuid, $2::uuid, $3::uuid, $4::bigint,
	$5::text, $6::uuid)
