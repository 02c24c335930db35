-- A page of the notices about quotas, the latest first, as records/quota.h
-- reads them.
-- $1 consortium, $2 owner or null, $3 enterprise, $4 kind, $5 whether they are
-- open, $6 whether $7 has acknowledged them, each or null, $7 'enterprise' or
-- 'office', $8 id of the last one seen or null, $9 how many
select n.id, n.enterprise_id, e.name, nullif(n.line_id, n.enterprise_id),
	c.name, n.kind, n.seats, n.present, n.policy_version, n.began_at,
	n.ended_at, n.enterprise_told_at, n.office_told_at, n.version
from quota_notice n
join enterprise e on e.consortium_id = n.consortium_id
	and e.id = n.enterprise_id
left join post_category c on c.consortium_id = n.consortium_id
	and c.id = n.line_id
where n.consortium_id = $1::uuid
	and ($2::uuid is null or n.enterprise_id = $2::uuid)
	and ($3::uuid is null or n.enterprise_id = $3::uuid)
	and ($4::text is null or n.kind = $4)
	and ($5::boolean is null or (n.ended_at is null) = $5::boolean)
	and ($6::boolean is null or $6::boolean = (case $7
		when 'office' then n.office_told_at
		else n.enterprise_told_at end is not null))
	and ($8::uuid is null or n.id < $8::uuid)
order by n.id desc
limit $9::bigint
