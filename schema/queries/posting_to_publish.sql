-- A posting as records/posting.h reads it, and what its publication depends on
-- besides: is its enterprise verified, is the day it would close yet to come; what
-- is agreed with a school, as records/cooperation.h reads it; in which industry is
-- the enterprise.
-- $1 consortium, $2 posting, $3 enterprise, $4 when it would close
select p.id, p.enterprise_id, p.post_category_id, p.kind, p.title,
	p.openings, p.targets, p.occupation_code, p.division_code, p.address,
	p.pay_min_fen, p.pay_max_fen, p.pay_standard_fen, p.period_start,
	p.period_end, p.min_education, p.required_skills, p.preferred_skills,
	p.required_certificates, p.preferred_certificates, p.min_age,
	p.day_minutes, p.week_minutes, p.labour_grade, p.conditions,
	p.exception_filing, p.ref_system, p.ref, p.description, p.state,
	p.published_at, p.closes_at, p.version, p.created_at, p.updated_at,
	e.state = 'verified', $4::timestamptz > now(), c.state, c.school_id,
	c.specialty_code, c.entry_year, c.cohort_size, c.enterprise_mentor,
	c.school_mentor, c.contract_form, c.note, e.industry_code
from posting p
join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
left join cooperation c on c.consortium_id = p.consortium_id and c.id = p.id
where p.consortium_id = $1::uuid and p.id = $2::uuid
	and p.enterprise_id = $3::uuid
