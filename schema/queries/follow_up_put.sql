-- Says where a graduate is so many months later.
-- $1 consortium, $2 student, $3 months, $4 owner (student or school), $5
-- version that the caller saw, $6 account, $7..$17 the members of struct
-- follow_up_new (records/follow_up.h) in its order
select put_follow_up($4::uuid, jsonb_populate_record(null::follow_up,
	jsonb_build_object('consortium_id', $1::uuid, 'id', $2::uuid,
		'months', $3::smallint, 'code', $7::text,
		'employer_name', $8::text, 'employer_uscc', $9::text,
		'unit_nature_code', $10::text, 'industry_code', $11::text,
		'division_code', $12::text, 'occupation_code', $13::text,
		'pay_band', $14::text, 'is_aligned', $15::boolean,
		'evidence_sha256', $17::text)),
	$16::text, $5::bigint, $6::uuid)
