-- A page of requests, newest first, as records/access_request.h reads them:
-- one's own, and for whoever is responsible those of the house.
-- $1 consortium, $2 account that asks, $3 state or null, $4 id of the last one
-- seen or null, $5 how many
select r.id, r.account_id, a.display_name, r.student_id, r.reason,
	access_state(r), r.decided_by, r.approved_until, r.refused_because,
	r.ended_at, r.version, r.created_at
from account me
join account a on a.consortium_id = me.consortium_id
	and a.owner_kind = me.owner_kind and a.owner_id = me.owner_id
	and (a.id = me.id or me.is_responsible)
join access_request r on r.consortium_id = a.consortium_id
	and r.account_id = a.id
where me.consortium_id = $1::uuid and me.id = $2::uuid
	and ($3::text is null or access_state(r) = $3)
	and ($4::uuid is null or r.id < $4::uuid)
order by r.id desc
limit $5::bigint
