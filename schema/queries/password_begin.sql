-- Takes a try of changing an account's password: how long to wait in seconds
-- (0: not at all), the login name, the hash with its salt (hex) and cost.
-- $1 consortium, $2 account, $3 key of the tries, $4 how many, $5 window in
-- seconds
select attempt_take($3::text, $4::int, $5::int), a.login,
	encode(a.password_salt, 'hex'), encode(a.password_hash, 'hex'),
	a.scrypt_n, a.scrypt_r, a.scrypt_p
from account a
where a.consortium_id = $1::uuid and a.id = $2::uuid
	and a.password_hash is not null
