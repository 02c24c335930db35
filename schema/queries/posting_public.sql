-- A posting that everybody may read, as records/job_posting_write.h reads it,
-- and what only its page has.
-- $1 slug of the consortium, $2 posting
select p.id, p.title, p.description, p.kind, p.published_at, p.closes_at,
	p.openings, p.pay_min_fen, p.pay_max_fen, p.min_education,
	p.required_skills || p.preferred_skills, p.ref_system, p.ref,
	p.address, county.name, city.name, province.name, p.division_code,
	e.name, e.uscc, i.name, o.name, p.occupation_code,
	p.period_start, p.period_end, c.name,
	(select string_agg(n.name, '、' order by n.code)
		from (select name, min(code) as code from specialty_node
			where code = any (p.targets) group by name) as n),
	array_to_string(p.required_skills || p.preferred_skills, '、'),
	array_to_string(p.required_certificates || p.preferred_certificates,
		'、'),
	(p.closes_at at time zone 'Asia/Shanghai')::date
from consortium c
join posting p on p.consortium_id = c.id
join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
join industry i on i.code = e.industry_code
join division county on county.code = p.division_code
left join division city on city.code = left(p.division_code, 4) || '00'
left join division province
	on province.code = left(p.division_code, 2) || '0000'
left join occupation o on o.code = p.occupation_code
where c.slug = $1 and p.id = $2::uuid
	and e.postings_are_public and e.state = 'verified'
	and p.state = 'published' and p.closes_at > now()
	and p.kind in ('internship', 'job')
