-- Takes an invitation: the account, the slug of its consortium, login, role; no
-- row if another took it meanwhile.
-- $1 SHA-256 of the token in hex, $2 id of the account if it is a new one, $3
-- salt and $4 hash in hex, $5 $6 $7 N, r and p of scrypt
select account_id, slug, login, role
from accept_invitation(decode($1, 'hex'), $2::uuid, decode($3, 'hex'),
	decode($4, 'hex'), $5::integer, $6::smallint, $7::smallint)
