-- Says something of an entry of an edition that is open to comments.
-- $1 consortium, $2 list, $3 appeal, $4 entry, $5 school, $6 the outcome it asks
-- for or null, $7 text, $8 account
select make_specialty_appeal($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid,
	$6, $7, $8::uuid)
