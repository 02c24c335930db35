-- For each pair of a system and a reference, in their order, the posting that an
-- enterprise calls so, as records/posting.h reads it, or nulls; and what its
-- publication depends on besides: is the enterprise verified, is the day it
-- would close yet to come. An empty reference is no posting's.
-- $1 consortium, $2 enterprise, $3 systems, $4 references, $5 when they would
-- close, or empty
select p.id, p.enterprise_id, p.post_category_id, p.kind, p.title,
	p.openings, p.targets, p.occupation_code, p.division_code, p.address,
	p.pay_min_fen, p.pay_max_fen, p.pay_standard_fen, p.period_start,
	p.period_end, p.min_education, p.required_skills, p.preferred_skills,
	p.required_certificates, p.preferred_certificates, p.min_age,
	p.day_minutes, p.week_minutes, p.labour_grade, p.conditions,
	p.exception_filing, p.ref_system, p.ref, p.description, p.state,
	p.published_at, p.closes_at, p.version, p.created_at, p.updated_at,
	e.state = 'verified', nullif(r.closes_at, '')::timestamptz > now()
from unnest($3::text[], $4::text[], $5::text[]) with ordinality
	as r (ref_system, ref, closes_at, n)
join enterprise e on e.consortium_id = $1::uuid and e.id = $2::uuid
left join posting p on p.consortium_id = $1::uuid
	and p.enterprise_id = $2::uuid and p.ref_system = r.ref_system
	and p.ref = r.ref
order by r.n
