-- Opens a session, unless the account was disabled meanwhile, and gives the
-- tries back that led to it: when it ends.
-- $1 consortium, $2 id of the session, $3 account, $4 SHA-256 of the token in
-- hex, $5 hours that it lives, $6 address, $7 user agent or null, $8 key of
-- the address, $9 key of the login name, $10 provider or null
insert into session (consortium_id, id, account_id, token_sha256, expires_at,
	address, user_agent, provider_id)
select a.consortium_id, $2::uuid, a.id, decode($4, 'hex'),
	now() + make_interval(hours => $5::int), $6, $7,
	$10::uuid
from account a
where a.consortium_id = $1::uuid and a.id = $3::uuid and not a.is_disabled
returning expires_at, attempt_refund($8::text), attempt_refund($9::text)
