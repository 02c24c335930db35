-- Changes those members of a post category that are given (null: stays), as
-- records/post_category.h reads it; no row where the version is another.
-- $1 consortium, $2 enterprise, $3 post category, $4 version seen, $5 account,
-- $6 names of the members to clear, $7 name, $8 occupation, $9 staff,
-- $10 day of its count
with c as (
	update post_category c set
		name = coalesce($7, c.name),
		occupation_code = case
			when 'occupation_code' <> all ($6::text[])
			then coalesce($8, c.occupation_code) end,
		staff_count = coalesce($9::integer, c.staff_count),
		staff_counted_on = coalesce($10::date, c.staff_counted_on),
		actor = $5::uuid
	where c.consortium_id = $1::uuid and c.enterprise_id = $2::uuid
		and c.id = $3::uuid and c.version = $4::bigint
	returning *
)
select c.id, c.enterprise_id, c.name, c.occupation_code, o.name, c.staff_count,
	c.staff_counted_on, c.version, c.created_at, c.updated_at
from c
left join occupation o on o.code = c.occupation_code
