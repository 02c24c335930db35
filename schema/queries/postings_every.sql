-- A page of the postings of any state, or of one, the latest made first, as
-- records/posting.h reads them but without description; drafts only for their
-- enterprise.
-- $1 consortium; filters, null for none: $2 kind, $3 first digits of the
-- division, $4 specialty, class or category that is among its targets, above or
-- below one, $5 enterprise, $6 least pay, $7 education that suffices, $8
-- published at or after; $9 the actor's owner, $10 state or null, $11 id of
-- the last one seen, $12 how many, $13 first and $14 last day that they were
-- first published on, each or null
select p.id, p.enterprise_id, p.post_category_id, p.kind, p.title,
	p.openings, p.targets, p.occupation_code, p.division_code, p.address,
	p.pay_min_fen, p.pay_max_fen, p.pay_standard_fen, p.period_start,
	p.period_end, p.min_education, p.required_skills, p.preferred_skills,
	p.required_certificates, p.preferred_certificates, p.min_age,
	p.day_minutes, p.week_minutes, p.labour_grade, p.conditions,
	p.exception_filing, p.ref_system, p.ref, null, p.state,
	p.published_at, p.closes_at, p.version, p.created_at, p.updated_at
from posting p
where p.consortium_id = $1::uuid
	and (p.state <> 'draft' or p.enterprise_id = $9::uuid)
	and ($10::text is null or p.state = $10)
	and ($2::text is null or p.kind = $2)
	and ($3::text is null or starts_with(p.division_code, $3))
	and ($4::text is null or p.targets && array(
		select n.code from specialty_node n
		where (starts_with(n.code, $4) or starts_with($4, n.code))
			and exists (select from specialty_node s
				where s.code = $4)))
	and ($5::uuid is null or p.enterprise_id = $5::uuid)
	and ($6::bigint is null or p.pay_min_fen >= $6::bigint)
	and ($7::text is null or p.min_education is null
		or array_position(array['secondary', 'associate', 'bachelor'],
				p.min_education)
			<= array_position(array['secondary', 'associate',
				'bachelor'], $7))
	and ($8::timestamptz is null or p.published_at >= $8::timestamptz)
	and ($13::date is null
		or p.first_published_at >= china_midnight($13::date))
	and ($14::date is null
		or p.first_published_at < china_midnight($14::date + 1))
	and ($11::uuid is null or p.id < $11::uuid)
order by p.id desc
limit $12::bigint
