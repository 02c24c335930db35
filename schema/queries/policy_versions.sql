-- A page of the versions of a policy, newest first, as records/policy.h reads
-- them.
-- $1 consortium, $2 version of the last one seen or null, $3 how many
select p.version, p.valid_from, p.weight_specialty, p.weight_skills,
	p.weight_education, p.weight_place, p.weight_period, p.weight_pay,
	p.tier_points[1], p.tier_points[2], p.tier_points[3],
	p.tier_points[4], p.tier_points[5], p.place_points[1],
	p.place_points[2], p.place_points[3], p.place_points[4],
	p.place_points[5], p.education_points[1], p.education_points[2],
	p.education_points[3], p.neutral_points, p.intern_months_max,
	p.intern_week_minutes_max, p.floor_mille, p.staff_cap_mille,
	p.post_category_cap_mille, p.floor_base, p.size_classes,
	p.floors, p.cross_category, p.proposed_wishes, p.counted_lists,
	p.host_lists, coalesce(p.small_group_least, 11), p.specialty_lists,
	p.invitations_per_day, p.invitations_per_student,
	p.interviews_per_application, p.answer_days, p.appeal_days,
	p.note, p.created_at
from policy p
where p.consortium_id = $1::uuid
	and ($2::integer is null or p.version < $2::integer)
order by p.version desc
limit $3::bigint
