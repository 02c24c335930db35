-- Invites a student to apply: 'made', 'closed', or 'full' for today.
-- $1 consortium, $2 invitation, $3 posting, $4 enterprise, $5 student, $6 how
-- many a day at most, $7 account
select invite($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::integer,
	$7::uuid)
