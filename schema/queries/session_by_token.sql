-- The live session behind a token: its id, consortium, account, the account's
-- role and owner, when it ends (milliseconds since 1970), and for a key its
-- scopes with blanks between them: its role is then the owner's. A token is
-- known before its consortium is; everything else follows from the row found.
-- $1 SHA-256 of the token, in hex
select s.id, s.consortium_id, s.account_id,
	case when k.id is null then a.role else a.owner_kind end, a.owner_id,
	(extract(epoch from s.expires_at) * 1000)::bigint,
	array_to_string(k.scopes, ' ')
from session s
join account a on a.consortium_id = s.consortium_id and a.id = s.account_id
left join api_key k on k.consortium_id = a.consortium_id and k.id = a.id
where s.token_sha256 = decode($1, 'hex')
	and s.revoked_at is null
	and s.expires_at > now()
	and not a.is_disabled
