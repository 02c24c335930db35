-- Gives a published posting another day to close on, as records/posting.h
-- reads it, and the state that it was in: if that is another, nothing was
-- written and the rest is null.
-- $1 consortium, $2 posting, $3 enterprise, $4 account, $5 when it closes
with found as (
	select id, state from posting
	where consortium_id = $1::uuid and id = $2::uuid
		and enterprise_id = $3::uuid
), renewed as (
	update posting set closes_at = $5::timestamptz, actor = $4::uuid
	where consortium_id = $1::uuid and id = $2::uuid
		and enterprise_id = $3::uuid and state = 'published'
	returning id, enterprise_id, post_category_id, kind, title, openings, targets,
	occupation_code, division_code, address, pay_min_fen, pay_max_fen,
	pay_standard_fen, period_start, period_end, min_education,
	required_skills, preferred_skills, required_certificates,
	preferred_certificates, min_age, day_minutes, week_minutes,
	labour_grade, conditions, exception_filing, ref_system, ref,
	description, state, published_at, closes_at, version, created_at,
	updated_at
)
select n.*, f.state
from found f
left join renewed n on n.id = f.id
