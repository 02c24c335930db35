-- Makes an account responsible for what is read of minors, or no more; as
-- endpoints/account_steps.h reads it.
-- $1 consortium and $2 account that asks, $3 account, $4 whether it is
select a.id, a.role, a.login, a.display_name, a.owner_id, a.is_disabled,
	a.created_at, a.is_responsible
from appoint($1::uuid, $2::uuid, $3::uuid, $4::boolean) a
