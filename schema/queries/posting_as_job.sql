-- A posting in the words of other systems, as endpoints/get_job_posting.c reads
-- it; a draft only for its enterprise.
-- $1 consortium, $2 posting, $3 the actor's owner
select p.id, p.title, p.description, p.kind, p.published_at, p.closes_at,
	p.openings, p.pay_min_fen, p.pay_max_fen, p.min_education,
	p.required_skills || p.preferred_skills, p.ref_system, p.ref,
	p.address, county.name, city.name, province.name, p.division_code,
	e.name, e.uscc, i.name, o.name, p.occupation_code, p.version
from posting p
join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
join industry i on i.code = e.industry_code
join division county on county.code = p.division_code
left join division city on city.code = left(p.division_code, 4) || '00'
left join division province on province.code = left(p.division_code, 2) || '0000'
left join occupation o on o.code = p.occupation_code
where p.consortium_id = $1::uuid and p.id = $2::uuid
	and (p.state <> 'draft' or p.enterprise_id = $3::uuid)
