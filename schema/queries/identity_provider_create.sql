-- Makes a provider of a school, or answers no row if the school is not there
-- for the owner; as records/identity_provider.h reads it.
-- $1 consortium, $2 id, $3 school, $4 owner (school) or null, $5 name,
-- $6 issuer, $7 client id, $8 sealed client secret, $9 claim of students or
-- null, $10 of staff or null, $11 whether it makes accounts, $12 redirect URIs,
-- $13 whether it is enabled, $14 account
with p as (
	insert into identity_provider (consortium_id, id, school_id, name,
		issuer, client_id, secret_sealed, student_claim, staff_claim,
		makes_accounts, redirect_uris, is_enabled, created_by)
	select s.consortium_id, $2::uuid, s.id, $5, $6, $7,
		convert_to($8, 'UTF8'), $9, $10, $11::boolean, $12::text[],
		$13::boolean, $14::uuid
	from school s
	where s.consortium_id = $1::uuid and s.id = $3::uuid
		and ($4::uuid is null or s.id = $4::uuid)
	returning *
)
select p.id, p.school_id, p.name, p.issuer, p.client_id, p.student_claim,
	p.staff_claim, p.makes_accounts, p.redirect_uris, p.is_enabled,
	p.version, p.created_at, p.updated_at
from p
