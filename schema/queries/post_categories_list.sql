-- A page of an enterprise's post categories in the order they came, as
-- records/post_category.h reads them.
-- $1 consortium, $2 enterprise, $3 id of the last one seen or null, $4 how many
select c.id, c.enterprise_id, c.name, c.occupation_code, o.name, c.staff_count,
	c.staff_counted_on, c.version, c.created_at, c.updated_at
from post_category c
left join occupation o on o.code = c.occupation_code
where c.consortium_id = $1::uuid and c.enterprise_id = $2::uuid
	and ($3::uuid is null or c.id > $3::uuid)
order by c.id
limit $4::bigint
