-- What cannot be so in a post category: JSON pointer and code of each flaw; no
-- row: nothing is wrong. What is null is not looked at.
-- $1 consortium, $2 enterprise, $3 the category itself or null, $4 name,
-- $5 occupation, $6 day of the staff count
select '#/name', 'duplicate'
where exists (select from post_category c
	where c.consortium_id = $1::uuid and c.enterprise_id = $2::uuid
		and c.id is distinct from $3::uuid and c.name = $4::text)
union all
select '#/occupation_code', 'unknown-code'
where $5::text is not null
	and not exists (select from occupation o where o.code = $5)
union all
select '#/staff_counted_on', 'out-of-range'
where $6::date > (now() at time zone 'Asia/Shanghai')::date
