-- What a posting names that is not there: the member, and of a list the index.
-- $1 consortium, $2 enterprise, $3 targets, $4 occupation, $5 division, $6 post
-- category; null or empty is none
select 'targets', t.number - 1
from unnest($3::text[]) with ordinality as t (code, number)
where not exists (select from specialty_node n where n.code = t.code)
union all
select 'occupation_code', null
where not exists (select from occupation where code = $4)
	and $4::text is not null
union all
select 'division_code', null
where not exists (select from division where code = $5)
	and $5::text is not null
union all
select 'post_category_id', null
where $6::uuid is not null and not exists (select from post_category c
	where c.consortium_id = $1::uuid and c.enterprise_id = $2::uuid
		and c.id = $6::uuid)
order by 1, 2
