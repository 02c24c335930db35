-- Writes who consented to an internship in another province, and its filing.
-- $1 consortium, $2 placement, $3 school, $4 who consented, $5 its number, $6 on
-- which day, $7 filed with whom, $8 its number, $9 on which day, $10 account
select put_placement_filing($1::uuid, $2::uuid, $3::uuid, row($1::uuid,
	$2::uuid, $4::text, $5::text, $6::date, $7::text, $8::text, $9::date,
	1::bigint, now(), $10::uuid, now(), null::uuid)::placement_filing,
	$10::uuid)
