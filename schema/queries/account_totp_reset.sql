-- Takes the second factor from an account that one answers for, and ends its
-- sessions; as endpoints/account_steps.h reads it.
-- $1 consortium and $2 account that asks, $3 account
select a.id, a.role, a.login, a.display_name, a.owner_id, a.is_disabled,
	a.created_at, a.is_responsible
from totp_reset($1::uuid, $2::uuid, $3::uuid) a
