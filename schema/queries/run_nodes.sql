-- Names of what a run's explanation names: id, kind (posting, enterprise,
-- post_category), name, enterprise, its name.
-- $1 consortium, $2 ids
select p.id, 'posting', p.title, e.id, e.name
from posting p
join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
where p.consortium_id = $1::uuid and p.id = any ($2::uuid[])
union all
select e.id, 'enterprise', e.name, e.id, e.name
from enterprise e
where e.consortium_id = $1::uuid and e.id = any ($2::uuid[])
union all
select c.id, 'post_category', c.name, e.id, e.name
from post_category c
join enterprise e on e.consortium_id = c.consortium_id
	and e.id = c.enterprise_id
where c.consortium_id = $1::uuid and c.id = any ($2::uuid[])
