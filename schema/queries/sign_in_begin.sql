-- Takes a try of the address and one of the login name: how long to wait in
-- seconds (0: not at all), then the account that signs in with a password:
-- ids, role, the scrypt hash with its salt (hex) and cost, the
-- sealed secret of the second factor if one is in use. Nulls if there is
-- no such account, or it is disabled or has no password.
-- $1 slug of the consortium, $2 login name, $3 key of the address, $4 key of
-- the login name, $5 tries of an address, $6 of a login name, $7 window in
-- seconds
with address as materialized (
	select attempt_take($3::text, $5::int, $7::int) as wait
), tried as materialized (
	select case when address.wait > 0 then address.wait
		else attempt_take($4::text, $6::int, $7::int) end as wait
	from address
)
select tried.wait, a.consortium_id, a.id, a.role,
	encode(a.password_salt, 'hex'), encode(a.password_hash, 'hex'),
	a.scrypt_n, a.scrypt_r, a.scrypt_p,
	case when a.totp_confirmed_at is not null
		then convert_from(a.totp_sealed, 'UTF8') end
from tried
left join consortium c on c.slug = $1
left join account a on a.consortium_id = c.id and a.login = $2
	and not a.is_disabled and a.password_hash is not null
