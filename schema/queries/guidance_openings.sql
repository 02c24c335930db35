-- How many openings each of these postings has, in the order of the ids; null
-- for one that is not open any more.
-- $1 consortium, $2 postings
select p.openings
from unnest($2::uuid[]) with ordinality as w (id, place)
left join posting p on p.consortium_id = $1::uuid and p.id = w.id
	and p.state = 'published' and p.closes_at > now()
order by w.place
