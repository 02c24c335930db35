-- What of a policy alignment needs, as records/match_input.h reads it, and how
-- many wishes are proposed to those who gave none: of the
-- version named, or else of the one that holds now.
-- $1 consortium, $2 version or null
select p.version, p.weight_specialty, p.weight_skills, p.weight_education,
	p.weight_place, p.weight_period, p.weight_pay,
	array_to_string(p.tier_points, ' '),
	array_to_string(p.place_points, ' '),
	array_to_string(p.education_points, ' '),
	p.neutral_points, p.cross_category, p.intern_months_max,
	p.intern_week_minutes_max, p.proposed_wishes
from policy p
where p.consortium_id = $1::uuid
	and p.version = coalesce($2::integer, policy_at($1::uuid, now()))
