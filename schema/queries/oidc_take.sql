-- Takes a try of the address and, if one was left and a code comes, the
-- authorization of this state and binding, which nobody can take again; if none
-- comes, finds the one that waits for a one-time code. How long to wait in
-- seconds (0: not at all), then ids, redirect URI, issuer, client id, sealed
-- client secret, both claims, the account if it is known. Nulls: there is none.
-- $1 SHA-256 of the state and $2 of the binding in hex, $3 whether a code
-- comes, $4 key of the address, $5 its tries, $6 window in seconds
with address as materialized (
	select attempt_take($4::text, $5::int, $6::int) as wait
), taken as (
	update oidc_authorization o set used_at = now()
	from address
	where address.wait = 0 and $3::boolean
		and o.state_sha256 = decode($1, 'hex')
		and o.binding_sha256 = decode($2, 'hex')
		and o.used_at is null and o.expires_at > now()
	returning o.consortium_id, o.id, o.provider_id, o.redirect_uri,
		o.account_id
), found as (
	select * from taken
	union all
	select o.consortium_id, o.id, o.provider_id, o.redirect_uri,
		o.account_id
	from oidc_authorization o, address
	where address.wait = 0 and not $3::boolean
		and o.state_sha256 = decode($1, 'hex')
		and o.binding_sha256 = decode($2, 'hex')
		and o.account_id is not null and o.ended_at is null
		and o.expires_at > now()
)
select address.wait, f.consortium_id, f.id, p.id, f.redirect_uri, p.issuer,
	p.client_id, convert_from(p.secret_sealed, 'UTF8'), p.student_claim,
	p.staff_claim, f.account_id
from address
left join (found f
	join identity_provider p on p.consortium_id = f.consortium_id
		and p.id = f.provider_id and p.is_enabled) on true
