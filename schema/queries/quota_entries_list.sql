-- A page of the ledger of an enterprise or of one of its post categories, the
-- latest first, as records/quota.h reads entries; each with the numbers of the
-- one before.
-- $1 consortium, $2 enterprise, $3 post category or null: the enterprise, $4
-- cause, $5 first day, $6 last day, each or null, $7 entry seen last or null,
-- $8 how many
select h.seq, h.at, h.cause, h.subject_id, h.policy_version, h.staff_count,
	h.size_class, h.floor_rule, h.floor_mille, h.cap_mille, h.floor_seats,
	h.cap_seats, h.present, h.started, h.committed, b.floor_seats,
	b.cap_seats, b.present, b.started, b.committed
from quota_entry h
left join lateral (select * from quota_entry e
	where e.consortium_id = h.consortium_id
		and e.enterprise_id = h.enterprise_id
		and e.line_id = h.line_id and e.seq < h.seq
	order by e.seq desc limit 1) b on true
where h.consortium_id = $1::uuid and h.enterprise_id = $2::uuid
	and h.line_id = coalesce($3::uuid, $2::uuid)
	and ($4::text is null or h.cause = $4)
	and ($5::date is null or h.at
		>= $5::date::timestamp at time zone 'Asia/Shanghai')
	and ($6::date is null or h.at
		< ($6::date + 1)::timestamp at time zone 'Asia/Shanghai')
	and ($7::bigint is null or h.seq < $7::bigint)
order by h.seq desc
limit $8::bigint
