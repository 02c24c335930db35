-- Deletes a provider with the identities known by it; no row where the version
-- is another.
-- $1 consortium, $2 provider, $3 version seen
delete from identity_provider
where consortium_id = $1::uuid and id = $2::uuid and version = $3::bigint
returning id
