-- The open postings of a consortium as records/match_input.h reads them.
-- $1 consortium, $2 kind
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
	c.school_id, c.specialty_code, c.entry_year
from posting p
join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
left join cooperation c on c.consortium_id = p.consortium_id and c.id = p.id
where p.consortium_id = $1::uuid and p.state = 'published'
	and p.closes_at > now()
	and p.kind = $2::text
