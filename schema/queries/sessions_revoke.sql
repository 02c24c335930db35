-- Ends the live sessions of an account but for one: their ids.
-- $1 consortium, $2 account, $3 the session that stays
update session set revoked_at = now()
where consortium_id = $1::uuid and account_id = $2::uuid and id <> $3::uuid
	and revoked_at is null and expires_at > now()
returning id
