-- A page of the providers at which one may sign in to a consortium, by id, as
-- endpoints/list_sign_in_providers.c reads them.
-- $1 slug of the consortium, $2 school or null, $3 id of the last one seen or
-- null, $4 how many
select p.id, p.name, p.school_id, s.name
from consortium c
join identity_provider p on p.consortium_id = c.id
join school s on s.consortium_id = p.consortium_id and s.id = p.school_id
where c.slug = $1 and p.is_enabled
	and ($2::uuid is null or p.school_id = $2::uuid)
	and ($3::uuid is null or p.id > $3::uuid)
order by p.id
limit $4::bigint
