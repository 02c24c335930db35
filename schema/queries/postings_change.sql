-- Writes all that an enterprise says of its postings, as posting_change.sql does
-- for one: the id and new version of each that was written. One whose version
-- is another by now, or whose codes or post category are unknown, is not. They
-- are locked in one order, so that two at a time do not wait for each other.
-- $1 consortium, $2 enterprise, $3 account, $4 objects with id, version and
-- the members of struct posting (records/posting.h)
with said as materialized (
	select * from jsonb_to_recordset($4::jsonb)
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
), mine as materialized (
	select said.* from said join posting p
		on p.consortium_id = $1::uuid and p.id = said.id
			and p.enterprise_id = $2::uuid
	order by p.id
	for update of p
)
update posting p set
	post_category_id = x.post_category_id, kind = x.kind, title = x.title,
	openings = x.openings, targets = x.targets,
	occupation_code = x.occupation_code, division_code = x.division_code,
	address = x.address, pay_min_fen = x.pay_min_fen,
	pay_max_fen = x.pay_max_fen, pay_standard_fen = x.pay_standard_fen,
	period_start = x.period_start, period_end = x.period_end,
	min_education = x.min_education, required_skills = x.required_skills,
	preferred_skills = x.preferred_skills,
	required_certificates = x.required_certificates,
	preferred_certificates = x.preferred_certificates,
	min_age = x.min_age, day_minutes = x.day_minutes,
	week_minutes = x.week_minutes, labour_grade = x.labour_grade,
	conditions = x.conditions, exception_filing = x.exception_filing,
	ref_system = x.ref_system, ref = x.ref,
	description = coalesce(x.description, ''), actor = $3::uuid
from mine x
where p.consortium_id = $1::uuid and p.id = x.id
	and p.enterprise_id = $2::uuid and p.version = x.version
returning p.id, p.version
