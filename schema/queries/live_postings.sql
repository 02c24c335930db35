-- Open postings as records/search_input.h reads them, by id.
-- $1 consortium, $2 id of the last one seen or null, $3 how many, $4 enterprise
-- or null for all
select p.id, p.kind, array_to_string(p.targets, ' '), p.occupation_code,
	p.division_code, p.pay_min_fen, p.pay_max_fen, p.period_start,
	p.period_end, p.min_education, p.min_age, p.labour_grade,
	p.day_minutes, p.week_minutes, p.exception_filing is not null,
	array_to_string(p.conditions, ' '),
	array_to_string(p.required_skills, E'\x1f'),
	array_to_string(p.preferred_skills, E'\x1f'),
	array_to_string(p.required_certificates, E'\x1f'),
	array_to_string(p.preferred_certificates, E'\x1f'),
	(extract(epoch from p.published_at) * 1000000)::bigint,
	p.title, p.enterprise_id, e.name,
	c.school_id, c.specialty_code, c.entry_year,
	(extract(epoch from p.closes_at) * 1000000)::bigint,
	e.industry_code, p.description
from posting p
join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
left join cooperation c on c.consortium_id = p.consortium_id and c.id = p.id
where p.consortium_id = $1::uuid and p.state = 'published'
	and p.closes_at > now()
	and ($2::uuid is null or p.id > $2::uuid)
	and ($4::uuid is null or p.enterprise_id = $4::uuid)
order by p.id
limit $3::bigint
