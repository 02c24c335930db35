-- A student applies, if the posting is open and its enterprise verified: its
-- id, or no row. The enterprise is locked before the posting, as by those who
-- accept.
-- $1 consortium, $2 application, $3 student, $4 posting, $5 message or null,
-- $6 score, $7 policy version, $8 account
insert into application (consortium_id, id, student_id, posting_id,
	enterprise_id, message, score, policy_version, created_by)
select p.consortium_id, $2::uuid, $3::uuid, p.id, p.enterprise_id, $5,
	$6::integer, $7::integer, $8::uuid
from posting p
join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
where p.consortium_id = $1::uuid and p.id = $4::uuid
	and p.state = 'published' and p.closes_at > now()
	and e.state = 'verified'
for share of e, p
returning id
