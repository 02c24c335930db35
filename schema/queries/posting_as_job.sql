-- A posting in the words of other systems, as endpoints/get_job_posting.c reads
-- it, and in its own what they have no words for; a draft only for its
-- enterprise and the school that it is to be held with.
-- $1 consortium, $2 posting, $3 the actor's owner
select p.id, p.title, p.description, p.kind, p.published_at, p.closes_at,
	p.openings, p.pay_min_fen, p.pay_max_fen, p.min_education,
	p.required_skills || p.preferred_skills, p.ref_system, p.ref,
	p.address, county.name, city.name, province.name, p.division_code,
	e.name, e.uscc, i.name, o.name, p.occupation_code, p.version,
	json_strip_nulls(json_build_object('kind', p.kind,
		'title', case when p.title ~ '[<&]' then p.title end,
		'description', case when p.description ~ '[<&]|^\s|\s$'
			then p.description end,
		'targets', p.targets, 'pay_standard_fen', p.pay_standard_fen,
		'period_start', p.period_start, 'period_end', p.period_end,
		'min_education', p.min_education,
		'required_skills', p.required_skills,
		'preferred_skills', p.preferred_skills,
		'required_certificates', p.required_certificates,
		'preferred_certificates', p.preferred_certificates,
		'min_age', p.min_age, 'day_minutes', p.day_minutes,
		'week_minutes', p.week_minutes, 'labour_grade', p.labour_grade,
		'conditions', p.conditions,
		'exception_filing', p.exception_filing))
from posting p
join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
join industry i on i.code = e.industry_code
join division county on county.code = p.division_code
left join division city on city.code = left(p.division_code, 4) || '00'
left join division province on province.code = left(p.division_code, 2) || '0000'
left join occupation o on o.code = p.occupation_code
where p.consortium_id = $1::uuid and p.id = $2::uuid
	and (p.state <> 'draft' or p.enterprise_id = $3::uuid
		or exists (select from cooperation c
			where c.consortium_id = p.consortium_id
				and c.id = p.id and c.school_id = $3::uuid))
