-- Publishes a posting that is of this version, as records/posting.h reads it.
-- $1 consortium, $2 posting, $3 enterprise, $4 account, $5 version, $6 when it
-- closes, $7 rules of kind warn that it breaks and $8 the reasons given for
-- them, $9 their ids: kept with it
with moved as (
update posting set state = 'published', closes_at = $6::timestamptz,
	actor = $4::uuid
where consortium_id = $1::uuid and id = $2::uuid and enterprise_id = $3::uuid
	and version = $5::bigint
returning *
), kept as (
	insert into rule_reason (consortium_id, id, rule, level, subject_kind,
		subject_id, enterprise_id, reason, created_by)
	select moved.consortium_id, n.id, n.rule, 'publish', 'posting',
		moved.id, moved.enterprise_id, n.reason, $4::uuid
	from moved, unnest($7::text[], $8::text[], $9::uuid[])
		as n (rule, reason, id)
)
select id, enterprise_id, post_category_id, kind, title, openings, targets,
	occupation_code, division_code, address, pay_min_fen, pay_max_fen,
	pay_standard_fen, period_start, period_end, min_education,
	required_skills, preferred_skills, required_certificates,
	preferred_certificates, min_age, day_minutes, week_minutes,
	labour_grade, conditions, exception_filing, ref_system, ref,
	description, state, published_at, closes_at, version, created_at,
	updated_at
from moved
