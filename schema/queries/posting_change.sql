-- Writes all that an enterprise says of its posting, as records/posting.h reads
-- it. No row, and nothing written, if the version is another by now, or a code
-- or the post category is unknown: posting_unknown.sql says which.
-- $1 consortium, $2 posting, $3 enterprise, $4 account, $5..$31 the members of
-- struct posting (records/posting.h) in its order, $32 version
update posting set
	post_category_id = $5::uuid, kind = $6::text, title = $7::text,
	openings = $8::int, targets = $9::text[], occupation_code = $10::text,
	division_code = $11::text, address = $12::text, pay_min_fen =
	$13::int, pay_max_fen = $14::int, pay_standard_fen = $15::int,
	period_start = $16::date, period_end = $17::date, min_education =
	$18::text, required_skills = $19::text[], preferred_skills =
	$20::text[], required_certificates = $21::text[],
	preferred_certificates = $22::text[], min_age = $23::smallint,
	day_minutes = $24::smallint, week_minutes = $25::smallint,
	labour_grade = $26::smallint, conditions = $27::text[],
	exception_filing = $28::text, ref_system = $29::text, ref = $30::text,
	description = coalesce($31::text, ''), actor = $4::uuid
where consortium_id = $1::uuid and id = $2::uuid and enterprise_id = $3::uuid
	and version = $32::bigint
	and posting_names_are_known($1::uuid, $3::uuid, $9::text[], $10::text,
		$11::text, $5::uuid)
returning id, enterprise_id, post_category_id, kind, title, openings, targets,
	occupation_code, division_code, address, pay_min_fen, pay_max_fen,
	pay_standard_fen, period_start, period_end, min_education,
	required_skills, preferred_skills, required_certificates,
	preferred_certificates, min_age, day_minutes, week_minutes,
	labour_grade, conditions, exception_filing, ref_system, ref,
	description, state, published_at, closes_at, version, created_at,
	updated_at
