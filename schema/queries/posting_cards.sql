-- What a ranking shows of postings: a row for each id, in the order of the ids;
-- nulls for a posting that is not open any more.
-- $1 consortium, $2 postings
select p.title, p.kind, p.enterprise_id, e.name
from unnest($2::uuid[]) with ordinality as w (id, place)
left join (posting p join enterprise e
		on e.consortium_id = p.consortium_id
		and e.id = p.enterprise_id)
	on p.consortium_id = $1::uuid and p.id = w.id
	and p.state = 'published' and p.closes_at > now()
order by w.place
