-- One enterprise, as records/enterprise.h reads it: any for who sees all, the
-- owner's own, and the verified ones; how many it employs is not for others.
-- $1 consortium, $2 enterprise, $3 whether all may be seen, $4 owner or null
select e.id, e.uscc, e.name, e.industry_code, i.name, e.unit_nature_code,
	e.division_code, d.name, e.address, e.state,
	case when $3::boolean or e.id = $4::uuid then e.staff_count end,
	case when $3::boolean or e.id = $4::uuid
		then e.staff_counted_on end,
	e.version, e.created_at, e.updated_at,
	e.postings_are_public
from enterprise e
join industry i on i.code = e.industry_code
join division d on d.code = e.division_code
where e.consortium_id = $1::uuid and e.id = $2::uuid
	and ($3::boolean or e.id = $4::uuid or e.state = 'verified')
