-- One sitemap: the public postings of an enterprise, the oldest first.
-- $1 slug of the consortium, $2 enterprise, $3 page from 1, $4 how many
-- postings a sitemap has
select p.id, p.updated_at
from consortium c
join enterprise e on e.consortium_id = c.id
join posting p on p.consortium_id = e.consortium_id
	and p.enterprise_id = e.id
where c.slug = $1 and e.id = $2::uuid
	and e.postings_are_public and e.state = 'verified'
	and p.state = 'published' and p.closes_at > now()
	and p.kind in ('internship', 'job')
order by p.id
offset ($3::bigint - 1) * $4::bigint
limit $4::bigint
