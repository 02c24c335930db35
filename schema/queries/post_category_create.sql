-- Makes a post category; returns it as records/post_category.h reads it.
-- $1 consortium, $2 id, $3 enterprise, $4 name, $5 occupation or null,
-- $6 staff, $7 day of its count, $8 account
with c as (
	insert into post_category (consortium_id, id, enterprise_id, name,
		occupation_code, staff_count, staff_counted_on, created_by)
	values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::integer, $7::date,
		$8::uuid)
	returning *
)
select c.id, c.enterprise_id, c.name, c.occupation_code, o.name, c.staff_count,
	c.staff_counted_on, c.version, c.created_at, c.updated_at
from c
left join occupation o on o.code = c.occupation_code
