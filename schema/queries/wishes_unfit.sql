-- What of a wish list cannot be: null and 'unknown-round' where there is no
-- such round to see, null and 'not-in-round' where the round is for others, and for each posting that cannot be wished for its number
-- in the list (from 0) and 'unknown', 'not-published' or 'not-internship'.
-- $1 consortium, $2 postings, $3 round, $4 student
select null::bigint as place, 'unknown-round' as why
where not exists (
	select from round r
	where r.consortium_id = $1::uuid and r.id = $3::uuid
		and r.policy_version is not null)
union all
select null, 'not-in-round'
where case when (select r.follows is not null from round r
		where r.consortium_id = $1::uuid and r.id = $3::uuid)
	then not takes_part($1::uuid, $3::uuid, $4::uuid) else false end
union all
select n.rank - 1,
	case
		when p.id is null then 'unknown'
		when p.state <> 'published' then 'not-published'
		else 'not-internship'
	end
from unnest($2::uuid[]) with ordinality as n (id, rank)
left join posting p on p.consortium_id = $1::uuid and p.id = n.id
where p.id is null or p.state <> 'published' or p.kind <> 'internship'
order by place
