-- Whom a provider knows: account, role, consortium's slug, login name, sealed
-- secret of the second factor if one is in use.
-- $1 consortium, $2 account
select a.id, a.role, c.slug, a.login,
	case when a.totp_confirmed_at is not null
		then convert_from(a.totp_sealed, 'UTF8') end
from account a
join consortium c on c.id = a.consortium_id
where a.consortium_id = $1::uuid and a.id = $2::uuid and not a.is_disabled
