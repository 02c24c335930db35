-- A page of the invitations to a posting, newest first, as
-- records/invitation.h reads them.
-- $1 consortium, $2 posting, $3 id of the last one seen or null, $4 how many
select i.id, i.posting_id, p.title, p.kind, p.state, i.enterprise_id, e.name,
	i.student_id, i.created_at, a.id
from invitation i
join posting p on p.consortium_id = i.consortium_id and p.id = i.posting_id
join enterprise e on e.consortium_id = i.consortium_id
	and e.id = i.enterprise_id
left join lateral (
	select a.id from application a
	where a.consortium_id = i.consortium_id
		and a.posting_id = i.posting_id
		and a.student_id = i.student_id
	order by a.id desc
	limit 1
) a on true
where i.consortium_id = $1::uuid and i.posting_id = $2::uuid
	and ($3::uuid is null or i.id < $3::uuid)
order by i.id desc
limit $4::bigint
