-- Takes a try of the login name and, if one was left, uses a code up: how long
-- to wait in seconds (0: not at all), and whether the code was good.
-- $1 consortium, $2 account, $3 step or null, $4 SHA-256 of a recovery code in
-- hex, $5 key of the login name, $6 its tries, $7 window in seconds
with tried as materialized (
	select attempt_take($5::text, $6::int, $7::int) as wait
)
select wait, case when wait = 0 then totp_use($1::uuid, $2::uuid, $3::bigint,
	decode($4, 'hex')) else false end
from tried
