-- A page of offers, newest first, as records/offer.h reads them.
-- $1 consortium, $2 owner (student, enterprise or school) or null,
-- $3 application, $4 posting, $5 state, each or null, $6 id of the last one seen
-- or null, $7 how many
select o.id, o.application_id, a.posting_id, p.title, p.kind, a.enterprise_id,
	e.name, a.student_id, o.starts_on, o.ends_on, o.pay_fen, o.reply_by,
	o.terms, t.id, o.state, o.version, o.created_at, o.updated_at
from offer o
join application a on a.consortium_id = o.consortium_id
	and a.id = o.application_id
join posting p on p.consortium_id = a.consortium_id and p.id = a.posting_id
join enterprise e on e.consortium_id = a.consortium_id
	and e.id = a.enterprise_id
join student s on s.consortium_id = a.consortium_id and s.id = a.student_id
left join placement t on t.consortium_id = o.consortium_id
	and t.offer_id = o.id
where o.consortium_id = $1::uuid
	and ($2::uuid is null
		or $2::uuid in (a.student_id, a.enterprise_id, s.school_id))
	and ($3::uuid is null or o.application_id = $3::uuid)
	and ($4::uuid is null or a.posting_id = $4::uuid)
	and ($5::text is null or o.state = $5)
	and ($6::uuid is null or o.id < $6::uuid)
order by o.id desc
limit $7::bigint
