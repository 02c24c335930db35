-- Opens a session, unless the account was disabled meanwhile: when it ends.
-- $1 consortium, $2 id of the session, $3 account, $4 SHA-256 of the token in
-- hex, $5 hours that it lives
insert into session (consortium_id, id, account_id, token_sha256, expires_at)
select a.consortium_id, $2::uuid, a.id, decode($4, 'hex'),
	now() + make_interval(hours => $5::int)
from account a
where a.consortium_id = $1::uuid and a.id = $3::uuid and not a.is_disabled
returning expires_at
