-- An enterprise's quota as it was known at the end of a past day, as
-- enterprise_quota.sql has it; no row before its ledger began.
-- $1 consortium, $2 enterprise, $3 day
select nullif(h.line_id, h.enterprise_id) as id, coalesce(c.name, e.name),
	h.staff_count, null, h.cap_mille, h.cap_seats, h.present,
	h.floor_mille, h.floor_seats, h.policy_version, $3::date, $3::date,
	o.why, h.size_class, null, null, null, h.floor_rule, null, null,
	h.started, h.committed, null, null, null, null, h.at,
	o.id as exemption_id, o.starts_on, upper(o.days) - 1
from (select distinct on (line_id) *
	from quota_entry
	where consortium_id = $1::uuid and enterprise_id = $2::uuid
		and at < ($3::date + 1)::timestamp at time zone 'Asia/Shanghai'
	order by line_id, seq desc) h
left join enterprise e on e.consortium_id = h.consortium_id
	and e.id = h.line_id
left join post_category c on c.consortium_id = h.consortium_id
	and c.id = h.line_id
left join quota_override o on o.consortium_id = h.consortium_id
	and o.id = h.override_id
where h.staff_count is not null
order by id nulls first
