-- An exemption, as records/quota_exemption.h reads it.
-- $1 consortium, $2 exemption, $3 owner or null
select o.id, o.enterprise_id, e.name, o.floor_mille, o.staff_cap_mille,
	o.post_category_cap_mille, o.why, o.starts_on, o.ends_on, o.ended_on,
	o.ended_why, quota_override_state(o), o.version, o.created_at,
	o.updated_at
from quota_override o
join enterprise e on e.consortium_id = o.consortium_id
	and e.id = o.enterprise_id
where o.consortium_id = $1::uuid and o.id = $2::uuid
	and ($3::uuid is null or o.enterprise_id = $3::uuid)
