-- Ends a live key of the owner; the trigger tells every server. The id.
-- $1 consortium, $2 account that asks, $3 key
update session s set revoked_at = now()
from account me, account a, api_key k
where me.consortium_id = $1::uuid and me.id = $2::uuid
	and a.consortium_id = me.consortium_id
	and a.owner_kind = me.owner_kind and a.owner_id = me.owner_id
	and k.consortium_id = a.consortium_id and k.id = a.id
	and k.id = $3::uuid
	and s.consortium_id = k.consortium_id and s.account_id = k.id
	and s.revoked_at is null and s.expires_at > now()
returning k.id
