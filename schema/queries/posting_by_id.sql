-- One posting as records/posting.h reads it; a draft only for its enterprise and
-- the school that it is to be held with.
-- $1 consortium, $2 posting, $3 the actor's owner
select id, enterprise_id, post_category_id, kind, title, openings, targets,
	occupation_code, division_code, address, pay_min_fen, pay_max_fen,
	pay_standard_fen, period_start, period_end, min_education,
	required_skills, preferred_skills, required_certificates,
	preferred_certificates, min_age, day_minutes, week_minutes,
	labour_grade, conditions, exception_filing, ref_system, ref,
	description, state, published_at, closes_at, version, created_at,
	updated_at
from posting
where consortium_id = $1::uuid and id = $2::uuid
	and (state <> 'draft' or enterprise_id = $3::uuid
		or exists (select from cooperation c
			where c.consortium_id = posting.consortium_id
				and c.id = posting.id
				and c.school_id = $3::uuid))
