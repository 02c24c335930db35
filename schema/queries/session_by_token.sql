-- The live session behind a token: its id, consortium, account, the account's
-- role and owner, and when it ends (milliseconds since 1970). A token is known
-- before its consortium is; everything else follows from the row found.
-- $1 SHA-256 of the token, in hex
select s.id, s.consortium_id, s.account_id, a.role, a.owner_id,
	(extract(epoch from s.expires_at) * 1000)::bigint
from session s
join account a on a.consortium_id = s.consortium_id and a.id = s.account_id
where s.token_sha256 = decode($1, 'hex')
	and s.revoked_at is null
	and s.expires_at > now()
	and not a.is_disabled
