-- What postings name that is not there, as posting_unknown.sql says it of one:
-- the posting's n, the member, and of a list the index.
-- $1 consortium, $2 enterprise, $3 objects with n and what they name
with item as (
	select * from jsonb_to_recordset($3::jsonb)
		as x (n int, targets text[], occupation_code text,
			division_code text, post_category_id uuid)
)
select n, 'targets', t.number - 1
from item, unnest(targets) with ordinality as t (code, number)
where not exists (select from specialty_node s where s.code = t.code)
union all
select n, 'occupation_code', null from item
where occupation_code is not null and not exists (
	select from occupation o where o.code = item.occupation_code)
union all
select n, 'division_code', null from item
where division_code is not null and not exists (
	select from division d where d.code = item.division_code)
union all
select n, 'post_category_id', null from item
where post_category_id is not null and not exists (
	select from post_category c where c.consortium_id = $1::uuid
		and c.enterprise_id = $2::uuid and c.id = item.post_category_id)
order by 1, 2, 3
