-- A page of consortia by slug, as records/consortium.h reads them.
-- $1 slug of the last one seen or null, $2 how many
select c.id, c.slug, c.name, c.division_code, d.name, c.version, c.created_at
from consortium c
join division d on d.code = c.division_code
where not c.is_service and ($1::text is null or c.slug > $1)
order by c.slug
limit $2::bigint
