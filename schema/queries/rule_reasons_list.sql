-- A page of recorded reasons, newest first, as records/rule_reason.h reads them.
-- $1 consortium, $2 owner (its enterprise or school) or null for the office, $3
-- rule, $4 subject, each or null, $5 id of the last one seen or null, $6 how many,
-- $7 first and $8 last day that they were recorded on, each or null
select r.id, r.rule, r.level, r.subject_kind, r.subject_id, r.enterprise_id,
	e.name, r.school_id, s.name, r.reason, a.role, r.created_at
from rule_reason r
left join enterprise e on e.consortium_id = r.consortium_id
	and e.id = r.enterprise_id
left join school s on s.consortium_id = r.consortium_id and s.id = r.school_id
left join account a on a.consortium_id = r.consortium_id
	and a.id = r.created_by
where r.consortium_id = $1::uuid
	and ($2::uuid is null or $2::uuid in (r.enterprise_id, r.school_id))
	and ($3::text is null or r.rule = $3)
	and ($4::uuid is null or r.subject_id = $4::uuid)
	and ($7::date is null or r.created_at >= china_midnight($7::date))
	and ($8::date is null or r.created_at < china_midnight($8::date + 1))
	and ($5::uuid is null or r.id < $5::uuid)
order by r.id desc
limit $6::bigint
