-- Remembers what a school means by names; how many names it has mapped. Of
-- names that fold to one the last counts.
-- $1 consortium, $2 school, $3 account, $4 names, $5 the same folded, $6 codes
-- ('': forget the name)
select map_specialties($1::uuid, $2::uuid, $3::uuid, $4::text[], $5::text[],
	$6::text[])
