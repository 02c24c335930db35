-- A page of providers, by id, as records/identity_provider.h reads them.
-- $1 consortium, $2 school or null, $3 owner (school) or null, $4 id of the
-- last one seen or null, $5 how many
select p.id, p.school_id, p.name, p.issuer, p.client_id, p.student_claim,
	p.staff_claim, p.makes_accounts, p.redirect_uris, p.is_enabled,
	p.version, p.created_at, p.updated_at
from identity_provider p
where p.consortium_id = $1::uuid
	and ($2::uuid is null or p.school_id = $2::uuid)
	and ($3::uuid is null or p.school_id = $3::uuid)
	and ($4::uuid is null or p.id > $4::uuid)
order by p.id
limit $5::bigint
