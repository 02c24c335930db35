-- Deletes a post category; no row where the version is another.
-- $1 consortium, $2 enterprise, $3 post category, $4 version seen
delete from post_category
where consortium_id = $1::uuid and enterprise_id = $2::uuid
	and id = $3::uuid and version = $4::bigint
returning id
