-- Ends an authorization that led to an account; no row if it has ended.
-- $1 consortium, $2 authorization
update oidc_authorization set ended_at = now()
where consortium_id = $1::uuid and id = $2::uuid and ended_at is null
	and account_id is not null
returning id
