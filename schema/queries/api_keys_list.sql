-- A page of an owner's live keys, the newest first, as
-- endpoints/api_key_steps.h reads them.
-- $1 consortium, $2 account that asks, $3 id of the last one seen or null, $4
-- how many
select k.id, k.name, k.scopes, k.prefix, k.created_at, k.created_by,
	s.expires_at
from account me
join account a on a.consortium_id = me.consortium_id
	and a.owner_kind = me.owner_kind and a.owner_id = me.owner_id
join api_key k on k.consortium_id = a.consortium_id and k.id = a.id
join session s on s.consortium_id = k.consortium_id and s.account_id = k.id
	and s.revoked_at is null and s.expires_at > now()
where me.consortium_id = $1::uuid and me.id = $2::uuid
	and ($3::uuid is null or k.id < $3::uuid)
order by k.id desc
limit $4::bigint
