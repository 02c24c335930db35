-- Calls an applicant to an interview.
-- $1 consortium, $2 application, $3 enterprise, $4 interview, $5 when, $6 where,
-- $7 note or null, $8 account
select call_to_interview($1::uuid, $2::uuid, $3::uuid, $4::uuid,
	$5::timestamptz, $6, $7, $8::uuid)
