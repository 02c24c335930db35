-- Invites somebody to an account: what is wrong with it (the member's name), or
-- null, and when it ends.
-- $1 consortium and $2 account of who invites, $3 id, $4 slug of another
-- consortium or null, $5 role, $6 owner or null, $7 login name, $8 display name
-- or null, $9 SHA-256 of the token in hex
select flaw, expires_at from invite_account($1::uuid, $2::uuid, $3::uuid, $4,
	$5, $6::uuid, $7, $8, decode($9, 'hex'))
