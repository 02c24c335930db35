-- Declares where a student went.
-- $1 consortium, $2 student, $3 owner (student or school), $4 version that the
-- caller saw, $5 account, $6..$19 the members of struct graduate_destination
-- (records/graduate_destination.h) in its order
select put_graduate_destination($3::uuid, jsonb_populate_record(
	null::graduate_destination, jsonb_build_object(
		'consortium_id', $1::uuid, 'id', $2::uuid, 'code', $6::text,
		'employer_name', $7::text, 'employer_uscc', $8::text,
		'unit_nature_code', $9::text, 'industry_code', $10::text,
		'division_code', $11::text, 'occupation_code', $12::text,
		'started_on', $13::date, 'pay_band', $14::text,
		'is_aligned', $15::boolean, 'evidence_sha256', $17::text,
		'is_employer_asked', coalesce($18::boolean, false))),
	$16::text, $4::bigint, $19::text, $5::uuid)
