-- Disables an account that one answers for, but not one's own, and ends its
-- sessions; or enables it. As endpoints/account_steps.h reads it.
-- $1 consortium and $2 account that asks, $3 account, $4 whether it is disabled
with able as (
	update account a set is_disabled = $4::boolean, actor = $2::uuid
	where a.id = $3::uuid and a.id <> $2::uuid
		and a.role not in ('integrator', 'operator')
		and account_may_manage($1::uuid, $2::uuid, a.consortium_id,
			a.owner_kind, a.student_id, a.enterprise_id,
			a.school_id)
	returning *
), ended as (
	update session s set revoked_at = now() from able
	where s.consortium_id = able.consortium_id and s.account_id = able.id
		and s.revoked_at is null and able.is_disabled
)
select a.id, a.role, a.login, a.display_name, a.owner_id, a.is_disabled,
	a.created_at, a.is_responsible
from able a
