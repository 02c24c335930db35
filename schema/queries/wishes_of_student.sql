-- A student's wishes in a round, best first: rank, posting, title, enterprise,
-- version of the list, when it was last put, whether it was proposed, when it was
-- certified. Of one
-- who put no list: what the published run had in its place. One row with a null
-- posting says that the list is there and empty; no row, that there is none.
-- $1 consortium, $2 round, $3 student
with wished as (
	select w.rank, w.posting_id, l.version, l.updated_at,
		false as is_proposed, l.certified_at
	from wish_list l
	left join wish w on w.consortium_id = l.consortium_id
		and w.round_id = l.round_id and w.student_id = l.student_id
	where l.consortium_id = $1::uuid and l.round_id = $2::uuid
		and l.student_id = $3::uuid
	union all
	select o.rank, o.posting_id, 0, null, true, null
	from round r
	join run_proposal o on o.consortium_id = r.consortium_id
		and o.run_id = r.published_run_id
	where r.consortium_id = $1::uuid and r.id = $2::uuid
		and o.student_id = $3::uuid
)
select w.rank, w.posting_id, p.title, e.name, w.version, w.updated_at,
	w.is_proposed, w.certified_at
from wished w
left join posting p on p.consortium_id = $1::uuid and p.id = w.posting_id
left join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
order by w.rank
