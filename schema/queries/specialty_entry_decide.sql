-- Decides what stands of an entry.
-- $1 consortium, $2 list, $3 entry, $4 outcome, $5 why, $6 account, $7 the
-- version that was seen
select decide_specialty_entry($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::uuid,
	$7::bigint)
