-- Makes the next version of a policy; returns it as records/policy.h reads it.
-- It holds from now on at the earliest, whatever it says.
-- $1 consortium, $2 valid from or null: now, $3..$8 weights, $9..$13 points of
-- the tiers, $14..$18 of the places, $19..$21 of the education, $22 neutral
-- points, $23 months, $24 minutes of a week, $25 floor, $26 cap of the staff,
-- $27 of a post category, $28 what rule 1.22 does, $29 wishes proposed, $30 note or
-- null, $31 account, $32 invitations a day, $33 of one student in 30 days, $34
-- interviews for an application, $35 which lists count, each or null
with p as (
	insert into policy (consortium_id, version, valid_from,
		weight_specialty, weight_skills, weight_education,
		weight_place, weight_period, weight_pay, tier_points,
		place_points, education_points, neutral_points,
		intern_months_max, intern_week_minutes_max, floor_mille,
		staff_cap_mille, post_category_cap_mille, cross_category,
		proposed_wishes, invitations_per_day, invitations_per_student,
		interviews_per_application, counted_lists, note, created_by)
	values ($1::uuid, 1 + coalesce((select max(version) from policy
			where consortium_id = $1::uuid), 0),
		greatest($2::timestamptz, now()),
		$3::smallint, $4::smallint, $5::smallint, $6::smallint,
		$7::smallint, $8::smallint,
		array[$9::smallint, $10::smallint, $11::smallint,
			$12::smallint, $13::smallint],
		array[$14::smallint, $15::smallint, $16::smallint,
			$17::smallint, $18::smallint],
		array[$19::smallint, $20::smallint, $21::smallint],
		$22::smallint, $23::smallint, $24::smallint, $25::smallint,
		$26::smallint, $27::smallint, $28, $29::smallint,
		coalesce($32::smallint, 50), coalesce($33::smallint, 5),
		coalesce($34::smallint, 5), coalesce($35, 'all'), $30,
		$31::uuid)
	returning *
)
select p.version, p.valid_from, p.weight_specialty, p.weight_skills,
	p.weight_education, p.weight_place, p.weight_period, p.weight_pay,
	p.tier_points[1], p.tier_points[2], p.tier_points[3],
	p.tier_points[4], p.tier_points[5], p.place_points[1],
	p.place_points[2], p.place_points[3], p.place_points[4],
	p.place_points[5], p.education_points[1], p.education_points[2],
	p.education_points[3], p.neutral_points, p.intern_months_max,
	p.intern_week_minutes_max, p.floor_mille, p.staff_cap_mille,
	p.post_category_cap_mille, p.cross_category, p.proposed_wishes,
	p.counted_lists,
	p.invitations_per_day, p.invitations_per_student,
	p.interviews_per_application, p.note, p.created_at
from p
