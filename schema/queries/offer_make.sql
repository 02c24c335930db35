-- Offers an applicant the place.
-- $1 consortium, $2 application, $3 enterprise, $4 offer, $5 first day, $6 last
-- day or null, $7 pay, $8 until when to reply, $9 terms or null, $10 account
select make_offer($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::date, $6::date,
	$7::integer, $8::timestamptz, $9, $10::uuid)
