-- One consortium, as records/consortium.h reads it; never the service itself.
-- $1 consortium
select c.id, c.slug, c.name, c.division_code, d.name, c.version, c.created_at
from consortium c
join division d on d.code = c.division_code
where c.id = $1::uuid and not c.is_service
