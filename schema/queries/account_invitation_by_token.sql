-- The open invitation behind a token: the login name.
-- $1 SHA-256 of the token in hex
select i.login
from account_invitation i
where i.token_sha256 = decode($1, 'hex') and i.accepted_at is null
	and i.revoked_at is null and i.expires_at > now()
