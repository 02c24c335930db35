-- A provider at which one may sign in to a consortium: ids, issuer, client id,
-- and whether it knows this redirect URI.
-- $1 slug of the consortium, $2 provider, $3 redirect URI
select p.consortium_id, p.id, p.issuer, p.client_id, $3 = any (p.redirect_uris)
from consortium c
join identity_provider p on p.consortium_id = c.id
where c.slug = $1 and p.id = $2::uuid and p.is_enabled
