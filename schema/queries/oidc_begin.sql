-- Keeps that somebody is on the way to a provider: when the time for it ends.
-- $1 consortium, $2 id, $3 provider, $4 SHA-256 of the state and $5 of the
-- binding in hex, $6 redirect URI, $7 seconds that it lives
insert into oidc_authorization (consortium_id, id, provider_id, state_sha256,
	binding_sha256, redirect_uri, expires_at)
values ($1::uuid, $2::uuid, $3::uuid, decode($4, 'hex'), decode($5, 'hex'), $6,
	now() + make_interval(secs => $7::int))
returning expires_at
