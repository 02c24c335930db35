-- A page of what an account is at providers, the newest first, as
-- endpoints/list_identities.c reads them.
-- $1 consortium, $2 account, $3 id of the last one seen or null, $4 how many
select i.id, i.provider_id, p.name, p.school_id, p.issuer, i.subject,
	i.created_at, i.used_at
from identity i
join identity_provider p on p.consortium_id = i.consortium_id
	and p.id = i.provider_id
where i.consortium_id = $1::uuid and i.account_id = $2::uuid
	and ($3::uuid is null or i.id < $3::uuid)
order by i.id desc
limit $4::bigint
