-- An account's second factor: sealed secret or null, is it confirmed, login.
-- $1 consortium, $2 account
select convert_from(a.totp_sealed, 'UTF8'), a.totp_confirmed_at is not null,
	a.login
from account a
where a.consortium_id = $1::uuid and a.id = $2::uuid
