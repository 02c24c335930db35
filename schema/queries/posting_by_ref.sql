-- The posting that an enterprise calls so, as records/posting.h reads it.
-- $1 consortium, $2 enterprise, $3 system, $4 reference
select id, enterprise_id, post_category_id, kind, title, openings, targets,
	occupation_code, division_code, address, pay_min_fen, pay_max_fen,
	pay_standard_fen, period_start, period_end, min_education,
	required_skills, preferred_skills, required_certificates,
	preferred_certificates, min_age, day_minutes, week_minutes,
	labour_grade, conditions, exception_filing, ref_system, ref,
	description, state, published_at, closes_at, version, created_at,
	updated_at
from posting
where consortium_id = $1::uuid and enterprise_id = $2::uuid
	and ref_system = $3::text and ref = $4::text
