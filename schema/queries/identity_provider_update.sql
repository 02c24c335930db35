-- Changes those members of a provider that are given (null: stays), as
-- records/identity_provider.h reads it; no row where the version is
-- another.
-- $1 consortium, $2 provider, $3 version seen, $4 account, $5 names of the
-- members to clear, $6 name, $7 client id, $8 sealed client secret, $9 claim of
-- students, $10 of staff, $11 whether it makes accounts, $12 redirect URIs,
-- $13 whether it is enabled
with p as (
	update identity_provider p set
		name = coalesce($6, p.name),
		client_id = coalesce($7, p.client_id),
		secret_sealed = coalesce(convert_to($8, 'UTF8'),
			p.secret_sealed),
		student_claim = case
			when 'student_claim' <> all ($5::text[])
			then coalesce($9, p.student_claim) end,
		staff_claim = case when 'staff_claim' <> all ($5::text[])
			then coalesce($10, p.staff_claim) end,
		makes_accounts = coalesce($11::boolean, p.makes_accounts),
		redirect_uris = coalesce($12::text[], p.redirect_uris),
		is_enabled = coalesce($13::boolean, p.is_enabled),
		actor = $4::uuid
	where p.consortium_id = $1::uuid and p.id = $2::uuid
		and p.version = $3::bigint
	returning *
)
select p.id, p.school_id, p.name, p.issuer, p.client_id, p.student_claim,
	p.staff_claim, p.makes_accounts, p.redirect_uris, p.is_enabled,
	p.version, p.created_at, p.updated_at
from p
