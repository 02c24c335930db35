-- Asks to read what is sealed of minors; no row where the student is none whom
-- the house may know. As records/access_request.h reads it.
-- $1 consortium, $2 id, $3 account, $4 student or null, $5 reason
with r as (
	insert into access_request (consortium_id, id, account_id, student_id,
		reason, created_by)
	select a.consortium_id, $2::uuid, a.id, $4::uuid, $5, a.id
	from account a
	where a.consortium_id = $1::uuid and a.id = $3::uuid
		and ($4::uuid is null or exists (select from student s
			where s.consortium_id = a.consortium_id
				and s.id = $4::uuid
				and (s.school_id = a.school_id
					or is_disclosed(s.consortium_id, s.id,
						a.enterprise_id))))
	returning *
)
select r.id, r.account_id, a.display_name, r.student_id, r.reason,
	access_state(r), r.decided_by, r.approved_until, r.refused_because,
	r.ended_at, r.version, r.created_at
from r
join account a on a.consortium_id = r.consortium_id and a.id = r.account_id
