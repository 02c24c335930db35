-- Puts an enterprise's whole demand for a year in the place of what it was;
-- returns its version.
-- $1 consortium, $2 enterprise, $3 year, $4 specialties, $5 educations, $6
-- openings, $7 notes ('' for none), $8 account, $9 version seen (0: none yet)
select put_demand($1::uuid, $2::uuid, $3::integer, $4::text[], $5::text[],
	$6::text[]::integer[], $7::text[], $8::uuid, $9::bigint)
