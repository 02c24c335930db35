-- Claims a key for the transaction that asks. Answers one row: is it ours (no
-- other transaction has it now), is it new (or expired), and what was kept
-- under it: the same request?, status, headers, body (null: nothing yet).
-- $1 consortium, $2 account, $3 operation, $4 key, $5 fingerprint in hex
with turn as materialized (
	select pg_try_advisory_xact_lock(hashtextextended(
		concat_ws(' ', $1::uuid, $2::uuid, $3::text, $4::text), 0))
		as is_mine
), claim as (
	insert into idempotency as i (consortium_id, account_id, route, key,
		fingerprint, expires_at)
	select $1::uuid, $2::uuid, $3::text, $4::text, decode($5, 'hex'),
		now() + interval '48 hours'
	from turn where is_mine
	on conflict (consortium_id, account_id, route, key) do update
	set fingerprint = excluded.fingerprint, status = null, headers = null,
		body = null, created_at = now(),
		expires_at = excluded.expires_at
	where i.expires_at <= now()
	returning 1
)
select t.is_mine, exists (select from claim),
	k.fingerprint = decode($5, 'hex'), k.status, k.headers,
	convert_from(k.body, 'UTF8')
from turn t
left join idempotency k on k.consortium_id = $1::uuid
	and k.account_id = $2::uuid and k.route = $3::text
	and k.key = $4::text
