-- The account that signs in with a password: ids, role, the scrypt hash with
-- its salt (hex) and cost. None if it is disabled or has no password.
-- $1 slug of the consortium, $2 login name
select a.consortium_id, a.id, a.role, encode(a.password_salt, 'hex'),
	encode(a.password_hash, 'hex'), a.scrypt_n, a.scrypt_r, a.scrypt_p
from consortium c
join account a on a.consortium_id = c.id
where c.slug = $1 and a.login = $2
	and not a.is_disabled and a.password_hash is not null
