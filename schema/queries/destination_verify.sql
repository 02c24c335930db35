-- The school has seen that it is so.
-- $1 consortium, $2 student, $3 school, $4 version that the caller saw, $5
-- account
select verify_graduate_destination($1::uuid, $2::uuid, $3::uuid, $4::bigint,
	$5::uuid)
