-- A page of frozen cohorts, newest first, or the one of an id, as
-- records/destination_freeze.h reads them.
-- $1 consortium, $2 school or null for all, $3 id or null, $4 graduation year
-- or null, $5 id of the last one seen or null, $6 how many
select z.id, z.school_id, c.name, z.graduation_year, z.stage, z.frozen_at,
	u.role, z.version
from destination_freeze z
join school c on c.consortium_id = z.consortium_id and c.id = z.school_id
left join account u on u.consortium_id = z.consortium_id
	and u.id = z.created_by
where z.consortium_id = $1::uuid
	and ($2::uuid is null or z.school_id = $2::uuid)
	and ($3::uuid is null or z.id = $3::uuid)
	and ($4::integer is null or z.graduation_year = $4::integer)
	and ($5::uuid is null or z.id < $5::uuid)
order by z.id desc
limit $6::bigint
