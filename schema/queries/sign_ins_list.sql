-- A page of an account's sign-ins, the newest first, as
-- endpoints/list_sign_ins.c reads them: also those that are over.
-- $1 consortium, $2 account, $3 id of the last one seen or null, $4 how many
select s.id, s.created_at,
	case when s.provider_id is null then 'password' else 'oidc' end,
	s.provider_id, s.address, s.user_agent,
	case when s.revoked_at is not null then s.revoked_at
		when s.expires_at <= now() then s.expires_at end
from session s
where s.consortium_id = $1::uuid and s.account_id = $2::uuid
	and ($3::uuid is null or s.id < $3::uuid)
order by s.id desc
limit $4::bigint
