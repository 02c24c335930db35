-- A student's wishes in a round, best first: rank, posting, title, enterprise,
-- version of the list, when it was last put. One row with a null posting says
-- that the list is there and empty; no row, that there is no list.
-- $1 consortium, $2 round, $3 student
select w.rank, w.posting_id, p.title, e.name, l.version, l.updated_at
from wish_list l
left join wish w on w.consortium_id = l.consortium_id
	and w.round_id = l.round_id and w.student_id = l.student_id
left join posting p on p.consortium_id = w.consortium_id
	and p.id = w.posting_id
left join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
where l.consortium_id = $1::uuid and l.round_id = $2::uuid
	and l.student_id = $3::uuid
order by w.rank
