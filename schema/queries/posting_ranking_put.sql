-- Puts a posting's whole ranking in the place of the one before; returns its
-- version.
-- $1 consortium, $2 round, $3 posting, $4 students, $5 account, $6 version
-- seen (0: none yet)
select put_posting_ranking($1::uuid, $2::uuid, $3::uuid, $4::uuid[], $5::uuid,
	$6::bigint)
