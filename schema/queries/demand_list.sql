-- A page of what the consortium's enterprises demand in a year, as
-- records/demand.h reads it, then enterprise, its name, its number there.
-- $1 consortium, $2 year, $3 specialty, class or category that it is, is above
-- or is below, or null, $4 enterprise and $5 number of the last one seen or
-- null, $6 how many
select d.specialty_code, s.name, d.education, d.openings, d.note,
	d.enterprise_id, e.name, d.number
from demand d
join specialty_node s on s.code = d.specialty_code
join enterprise e on e.consortium_id = d.consortium_id
	and e.id = d.enterprise_id
where d.consortium_id = $1::uuid and d.year = $2::integer
	and ($3::text is null or starts_with(d.specialty_code, $3)
		or starts_with($3, d.specialty_code))
	and ($4::uuid is null
		or (d.enterprise_id, d.number) > ($4::uuid, $5::smallint))
order by d.enterprise_id, d.number
limit $6::bigint
