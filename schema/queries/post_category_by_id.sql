-- One post category, as records/post_category.h reads it.
-- $1 consortium, $2 enterprise, $3 post category
select c.id, c.enterprise_id, c.name, c.occupation_code, o.name, c.staff_count,
	c.staff_counted_on, c.version, c.created_at, c.updated_at
from post_category c
left join occupation o on o.code = c.occupation_code
where c.consortium_id = $1::uuid and c.enterprise_id = $2::uuid
	and c.id = $3::uuid
