-- The sitemaps: of each enterprise whose postings are public as many as it
-- takes, with the time of the last change. An index holds 50,000 at most.
-- $1 how many postings a sitemap has
select c.slug, e.id, n.page, o.changed_at
from enterprise e
join consortium c on c.id = e.consortium_id
cross join lateral (
	select count(*) as postings, max(p.updated_at) as changed_at
	from posting p
	where p.consortium_id = e.consortium_id and p.enterprise_id = e.id
		and p.state = 'published' and p.closes_at > now()
		and p.kind in ('internship', 'job')
) as o
cross join lateral generate_series(1,
	(o.postings + $1::bigint - 1) / $1::bigint) as n (page)
where e.postings_are_public and e.state = 'verified'
order by c.slug, e.id, n.page
limit 50000
