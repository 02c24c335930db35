-- Uses the code up and takes the second factor away; no row if the code is
-- used or none.
-- $1 consortium, $2 account, $3 step or null, $4 SHA-256 of a recovery code in
-- hex
with used as materialized (
	select totp_use($1::uuid, $2::uuid, $3::bigint, decode($4, 'hex')) as is_good
)
select totp_clear($1::uuid, $2::uuid) from used where used.is_good
