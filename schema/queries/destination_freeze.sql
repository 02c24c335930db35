-- Freezes a cohort.
-- $1 consortium, $2 id, $3 school, $4 graduation year, $5 stage, $6 account
select freeze_destinations($1::uuid, $2::uuid, $3::uuid, $4::smallint,
	$5::text, $6::uuid)
