-- A page of exemptions, newest first, as records/quota_exemption.h reads them.
-- $1 consortium, $2 owner or null, $3 enterprise or null, $4 state or null,
-- $5 id of the last one seen or null, $6 how many
select o.id, o.enterprise_id, e.name, o.floor_mille, o.staff_cap_mille,
	o.post_category_cap_mille, o.why, o.starts_on, o.ends_on, o.ended_on,
	o.ended_why, quota_override_state(o), o.version, o.created_at,
	o.updated_at
from quota_override o
join enterprise e on e.consortium_id = o.consortium_id
	and e.id = o.enterprise_id
where o.consortium_id = $1::uuid
	and ($2::uuid is null or o.enterprise_id = $2::uuid)
	and ($3::uuid is null or o.enterprise_id = $3::uuid)
	and ($4::text is null or quota_override_state(o) = $4)
	and ($5::uuid is null or o.id < $5::uuid)
order by o.id desc
limit $6::bigint
