-- Uses a code up at signing in: the account; no row if it was used or is none.
-- $1 consortium, $2 account, $3 step or null, $4 SHA-256 of a recovery code in
-- hex
select $2::uuid
where totp_use($1::uuid, $2::uuid, $3::bigint, decode($4, 'hex'))
