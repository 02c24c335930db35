-- A page of an enterprise's statements, the latest first.
-- $1 consortium, $2 enterprise, $3 id of the last one seen or null, $4 how many
select id, enterprise_id, first_day, last_day, encode(sha256, 'hex'), code,
	created_at
from quota_statement
where consortium_id = $1::uuid and enterprise_id = $2::uuid
	and ($3::uuid is null or id < $3::uuid)
order by id desc
limit $4::bigint
