-- A page of enterprises in the order they came, as records/enterprise.h reads
-- them and as enterprise_by_id.sql lets them be seen.
-- $1 consortium, $2 whether all may be seen, $3 owner or null, $4 state,
-- $5 industry that it is of, $6 division that it lies in, $7 beginning of the
-- name, each or null, $8 id of the last one seen or null, $9 how many,
-- $10 day at whose end they were verified, $11 year that they gave a
-- talent-demand list for, if that may be seen, each or null
select e.id, e.uscc, e.name, e.industry_code, i.name, e.unit_nature_code,
	e.division_code, d.name, e.address, e.state,
	case when $2::boolean or e.id = $3::uuid then e.staff_count end,
	case when $2::boolean or e.id = $3::uuid
		then e.staff_counted_on end,
	e.version, e.created_at, e.updated_at,
	e.postings_are_public
from enterprise e
join industry i on i.code = e.industry_code
join division d on d.code = e.division_code
where e.consortium_id = $1::uuid
	and ($2::boolean or e.id = $3::uuid or e.state = 'verified')
	and ($4::text is null or e.state = $4)
	and ($5::text is null or starts_with(i.full_code,
		(select f.full_code from industry f where f.code = $5)))
	and ($6::text is null or starts_with(e.division_code,
		regexp_replace($6, '(00){1,2}$', '')))
	and ($7::text is null or starts_with(e.name, $7))
	and ($10::date is null or e.id in (
		select enterprises_verified_at($1::uuid,
			china_midnight($10::date + 1))))
	and ($11::integer is null or (($2::boolean or e.id = $3::uuid)
		and exists (select from demand_list l
			where l.consortium_id = $1::uuid
				and l.enterprise_id = e.id
				and l.year = $11::integer)))
	and ($8::uuid is null or e.id > $8::uuid)
order by e.id
limit $9::bigint
