-- Takes an open invitation back: its id.
-- $1 consortium and $2 account that asks, $3 invitation
update account_invitation i set revoked_at = now()
where i.id = $3::uuid and i.accepted_at is null and i.revoked_at is null
	and i.expires_at > now()
	and account_may_manage($1::uuid, $2::uuid, i.consortium_id, i.role,
		i.student_id, i.enterprise_id, i.school_id)
returning i.id
