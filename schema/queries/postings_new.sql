-- New drafts, as posting_new.sql makes one: the id and version of each that was
-- written. One whose codes or post category are unknown, or whose reference
-- another has by now, is not. In the order of the references, so that two at a
-- time do not wait for each other.
-- $1 consortium, $2 enterprise, $3 account, $4 objects with the id and the
-- members of struct posting (records/posting.h)
insert into posting (consortium_id, id, enterprise_id, created_by,
	post_category_id, kind, title, openings, targets, occupation_code,
	division_code, address, pay_min_fen, pay_max_fen, pay_standard_fen,
	period_start, period_end, min_education, required_skills,
	preferred_skills, required_certificates, preferred_certificates,
	min_age, day_minutes, week_minutes, labour_grade, conditions,
	exception_filing, ref_system, ref, description)
select $1::uuid, x.id, $2::uuid, $3::uuid,
	x.post_category_id, x.kind, x.title, x.openings, x.targets,
	x.occupation_code, x.division_code, x.address, x.pay_min_fen,
	x.pay_max_fen, x.pay_standard_fen, x.period_start, x.period_end,
	x.min_education, x.required_skills, x.preferred_skills,
	x.required_certificates, x.preferred_certificates, x.min_age,
	x.day_minutes, x.week_minutes, x.labour_grade, x.conditions,
	x.exception_filing, x.ref_system, x.ref, coalesce(x.description, '')
from jsonb_to_recordset($4::jsonb)
	as x (n int, id uuid, version bigint, closes_at timestamptz,
		post_category_id uuid, kind text, title text, openings int,
		targets text[], occupation_code text, division_code text,
		address text, pay_min_fen int, pay_max_fen int,
		pay_standard_fen int, period_start date, period_end date,
		min_education text, required_skills text[],
		preferred_skills text[], required_certificates text[],
		preferred_certificates text[], min_age smallint,
		day_minutes smallint, week_minutes smallint,
		labour_grade smallint, conditions text[],
		exception_filing text, ref_system text, ref text,
		description text)
where posting_names_are_known($1::uuid, $2::uuid, x.targets,
		x.occupation_code, x.division_code, x.post_category_id)
order by x.ref_system, x.ref, x.n
on conflict do nothing
returning id, version
