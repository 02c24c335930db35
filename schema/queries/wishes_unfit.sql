-- Which of the postings named cannot be wished for, and why: the number in
-- the list (from 0) and 'unknown', 'not-published', 'not-internship'.
-- $1 consortium, $2 postings
select n.rank - 1,
	case
		when p.id is null then 'unknown'
		when p.state <> 'published' then 'not-published'
		else 'not-internship'
	end
from unnest($2::uuid[]) with ordinality as n (id, rank)
left join posting p on p.consortium_id = $1::uuid and p.id = n.id
where p.id is null or p.state <> 'published' or p.kind <> 'internship'
order by n.rank
