-- A request, as records/access_request.h reads it.
-- $1 consortium, $2 request
select r.id, r.account_id, a.display_name, r.student_id, r.reason,
	access_state(r), r.decided_by, r.approved_until, r.refused_because,
	r.ended_at, r.version, r.created_at
from access_request r
join account a on a.consortium_id = r.consortium_id and a.id = r.account_id
where r.consortium_id = $1::uuid and r.id = $2::uuid
