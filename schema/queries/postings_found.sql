-- Those of the postings found that are open, as records/posting.h reads them
-- but without description, in the order of the list.
-- $1 consortium, $2 postings
select p.id, p.enterprise_id, p.post_category_id, p.kind, p.title,
	p.openings, p.targets, p.occupation_code, p.division_code, p.address,
	p.pay_min_fen, p.pay_max_fen, p.pay_standard_fen, p.period_start,
	p.period_end, p.min_education, p.required_skills, p.preferred_skills,
	p.required_certificates, p.preferred_certificates, p.min_age,
	p.day_minutes, p.week_minutes, p.labour_grade, p.conditions,
	p.exception_filing, p.ref_system, p.ref, null, p.state,
	p.published_at, p.closes_at, p.version, p.created_at, p.updated_at
from unnest($2::uuid[]) with ordinality f (id, place)
join posting p on p.consortium_id = $1::uuid and p.id = f.id
where p.state = 'published' and p.closes_at > now()
order by f.place
