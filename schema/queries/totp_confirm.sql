-- The secret is in use from now on, with these recovery codes; no row if it is
-- in use already.
-- $1 consortium, $2 account, $3 step of the code, $4 SHA-256 of each recovery
-- code in hex
with confirmed as (
	update account set totp_confirmed_at = now(),
		totp_last_step = $3::bigint, actor = $2::uuid
	where consortium_id = $1::uuid and id = $2::uuid
		and totp_confirmed_at is null and totp_sealed is not null
	returning consortium_id, id
), codes as (
	insert into recovery_code (consortium_id, account_id, code_sha256)
	select c.consortium_id, c.id, decode(h, 'hex')
	from confirmed c, unnest($4::text[]) as h
)
select id from confirmed
