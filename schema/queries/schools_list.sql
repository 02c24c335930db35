-- A page of schools in the order they came, as records/school.h reads them.
-- $1 consortium, $2 kind or null, $3 division or null, $4 id of the last one
-- seen or null, $5 how many, $6 day by whose end they were entered or null
select c.id, c.uscc, c.code, c.name, c.division_code, c.kind, c.version,
	c.created_at, c.updated_at
from school c
where c.consortium_id = $1::uuid
	and ($2::text is null or c.kind = $2)
	and ($3::text is null or c.division_code = $3)
	and ($6::date is null or c.created_at < china_midnight($6::date + 1))
	and ($4::uuid is null or c.id > $4::uuid)
order by c.id
limit $5::bigint
