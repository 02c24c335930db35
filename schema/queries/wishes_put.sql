-- Puts a student's whole list in the place of the one before; returns its
-- version.
-- $1 consortium, $2 round, $3 student, $4 postings, $5 account, $6 version
-- seen (0: none yet) or null for any
select put_wishes($1::uuid, $2::uuid, $3::uuid, $4::uuid[], $5::uuid,
	$6::bigint)
