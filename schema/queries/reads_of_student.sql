-- A page of what staff read of a student while a minor, newest first, as
-- endpoints/list_reads.c reads it.
-- $1 consortium, $2 student, $3 number of the last one seen or null, $4 how many
select h.seq, h.at, coalesce(h.detail ->> 'what', 'application'), a.id,
	a.owner_kind, a.owner_id, coalesce(e.name, c.name, k.name),
	h.detail ->> 'reason', h.detail ->> 'application_id'
from audit h
join account a on a.consortium_id = h.consortium_id and a.id = h.actor
join consortium k on k.id = a.consortium_id
left join enterprise e on e.consortium_id = a.consortium_id
	and e.id = a.enterprise_id
left join school c on c.consortium_id = a.consortium_id and c.id = a.school_id
where h.consortium_id = $1::uuid and h.subject_id = $2::uuid
	and h.subject_kind = 'student' and h.action = 'read'
	and ($3::bigint is null or h.seq < $3::bigint)
order by h.seq desc
limit $4::bigint
