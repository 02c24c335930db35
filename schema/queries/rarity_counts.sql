-- What the open postings ask for, as records/rarity.h reads it: first a row of
-- nulls with how many postings are open, then each word as it is written,
-- whether it is a certificate, and how many ask for it.
-- $1 consortium
with open as materialized (
	select p.required_skills || p.preferred_skills as skills,
		p.required_certificates || p.preferred_certificates
			as certificates
	from posting p
	where p.consortium_id = $1::uuid and p.state = 'published'
		and p.closes_at > now()
)
select null::text as word, null::boolean as is_certificate, count(*)
from open
union all
select a.word, a.is_certificate, count(*)
from open o
cross join lateral (
	select distinct word, false from unnest(o.skills) as word
	union all
	select distinct word, true from unnest(o.certificates) as word
) as a (word, is_certificate)
group by a.word, a.is_certificate
order by word nulls first, is_certificate
