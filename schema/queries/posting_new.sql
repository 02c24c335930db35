-- A new draft: its version and when it was made; the rest is known. No row, and
-- nothing written, if a code or the post category is unknown:
-- posting_unknown.sql says which.
-- $1 consortium, $2 posting, $3 enterprise, $4 account, $5..$31 the members of
-- struct posting (records/posting.h) in its order
insert into posting (consortium_id, id, enterprise_id, created_by,
	post_category_id, kind, title, openings, targets, occupation_code,
	division_code, address, pay_min_fen, pay_max_fen, pay_standard_fen,
	period_start, period_end, min_education, required_skills,
	preferred_skills, required_certificates, preferred_certificates,
	min_age, day_minutes, week_minutes, labour_grade, conditions,
	exception_filing, ref_system, ref, description)
select $1::uuid, $2::uuid, $3::uuid, $4::uuid,
	$5::uuid, $6::text, $7::text, $8::int, $9::text[], $10::text,
	$11::text, $12::text, $13::int, $14::int, $15::int, $16::date,
	$17::date, $18::text, $19::text[], $20::text[], $21::text[],
	$22::text[], $23::smallint, $24::smallint, $25::smallint,
	$26::smallint, $27::text[], $28::text, $29::text, $30::text,
	coalesce($31::text, '')
where posting_names_are_known($1::uuid, $3::uuid, $9::text[], $10::text,
		$11::text, $5::uuid)
returning version, created_at
