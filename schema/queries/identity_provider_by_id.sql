-- A provider, as records/identity_provider.h reads it.
-- $1 consortium, $2 provider, $3 owner (school) or null
select p.id, p.school_id, p.name, p.issuer, p.client_id, p.student_claim,
	p.staff_claim, p.makes_accounts, p.redirect_uris, p.is_enabled,
	p.version, p.created_at, p.updated_at
from identity_provider p
where p.consortium_id = $1::uuid and p.id = $2::uuid
	and ($3::uuid is null or p.school_id = $3::uuid)
