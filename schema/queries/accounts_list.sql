-- A page of the accounts that one answers for, in the order they came, as
-- endpoints/account_steps.h reads them.
-- $1 consortium and $2 account that asks, $3 role or null, $4 id of the last
-- one seen or null, $5 how many
select a.id, a.role, a.login, a.display_name, a.owner_id, a.is_disabled,
	a.created_at, a.is_responsible
from account a
where (a.consortium_id = $1::uuid
		or $1::uuid = '00000000-0000-0000-0000-000000000000')
	and a.role not in ('integrator', 'operator')
	and account_may_manage($1::uuid, $2::uuid, a.consortium_id,
		a.owner_kind, a.student_id, a.enterprise_id, a.school_id)
	and ($3::text is null or a.role = $3)
	and ($4::uuid is null or a.id > $4::uuid)
order by a.id
limit $5::bigint
