-- Gives an account another password, unless it got another one meanwhile, and
-- ends its sessions but for one: the ids of those that ended.
-- $1 consortium, $2 account, $3 the session that stays, $4 hash that it had,
-- $5 salt and $6 hash in hex, $7 $8 $9 N, r and p of scrypt, $10 key of the
-- tries
with a as (
	update account set password_salt = decode($5, 'hex'),
		password_hash = decode($6, 'hex'), scrypt_n = $7::integer,
		scrypt_r = $8::smallint, scrypt_p = $9::smallint,
		actor = $2::uuid
	where consortium_id = $1::uuid and id = $2::uuid
		and password_hash = decode($4, 'hex')
	returning consortium_id, id, attempt_refund($10::text)
), s as (
	update session s set revoked_at = now()
	from a
	where s.consortium_id = a.consortium_id and s.account_id = a.id
		and s.id <> $3::uuid and s.revoked_at is null
		and s.expires_at > now()
	returning s.id
)
select s.id from a left join s on true
