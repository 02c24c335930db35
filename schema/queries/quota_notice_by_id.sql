-- A notice about a quota, as records/quota.h reads them.
-- $1 consortium, $2 notice, $3 owner or null
select n.id, n.enterprise_id, e.name, nullif(n.line_id, n.enterprise_id),
	c.name, n.kind, n.seats, n.present, n.policy_version, n.began_at,
	n.ended_at, n.enterprise_told_at, n.office_told_at, n.version
from quota_notice n
join enterprise e on e.consortium_id = n.consortium_id
	and e.id = n.enterprise_id
left join post_category c on c.consortium_id = n.consortium_id
	and c.id = n.line_id
where n.consortium_id = $1::uuid and n.id = $2::uuid
	and ($3::uuid is null or n.enterprise_id = $3::uuid)
