-- A page of the open invitations that one answers for, the newest first, as
-- endpoints/account_steps.h reads them.
-- $1 consortium and $2 account that asks, $3 id of the last one seen or null,
-- $4 how many
select i.id, i.account_id is not null, i.role, i.login, i.display_name,
	coalesce(i.student_id, i.enterprise_id, i.school_id), i.created_at,
	i.expires_at
from account_invitation i
where (i.consortium_id = $1::uuid
		or $1::uuid = '00000000-0000-0000-0000-000000000000')
	and i.accepted_at is null and i.revoked_at is null
	and i.expires_at > now()
	and account_may_manage($1::uuid, $2::uuid, i.consortium_id, i.role,
		i.student_id, i.enterprise_id, i.school_id)
	and ($3::uuid is null or i.id < $3::uuid)
order by i.id desc
limit $4::bigint
