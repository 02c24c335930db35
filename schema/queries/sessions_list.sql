-- A page of an account's live sessions, the newest first, as
-- endpoints/list_sessions.c reads them.
-- $1 consortium, $2 account, $3 the session that asks, $4 id of the last one
-- seen or null, $5 how many
select s.id, s.created_at, s.expires_at, s.address, s.user_agent,
	s.id = $3::uuid
from session s
where s.consortium_id = $1::uuid and s.account_id = $2::uuid
	and s.revoked_at is null and s.expires_at > now()
	and ($4::uuid is null or s.id < $4::uuid)
order by s.id desc
limit $5::bigint
