-- What cannot be so in a registration or a change of one: JSON pointer and
-- code of each flaw; no row: nothing is wrong. What is null is not looked at.
-- $1 consortium or null, $2 its slug or null, $3 credit code, $4 login name,
-- $5 industry, $6 division, $7 nature of the unit, $8 day of the staff count
with c as (
	select id from consortium
	where not is_service and (id = $1::uuid or slug = $2::text)
)
select '#/consortium', 'not-found'
where not exists (select from c)
union all
select '#/uscc', 'duplicate'
where exists (select from enterprise e
	join c on c.id = e.consortium_id where e.uscc = $3::text)
union all
select '#/industry_code', 'unknown-code'
where $5::text is not null
	and not exists (select from industry i where i.code = $5)
union all
select '#/division_code', 'unknown-code'
where $6::text is not null
	and not exists (select from division d where d.code = $6)
union all
select '#/unit_nature_code', 'unknown-code'
where $7::text is not null
	and not exists (select from unit_nature u where u.code = $7)
union all
select '#/staff_counted_on', 'out-of-range'
where $8::date > (now() at time zone 'Asia/Shanghai')::date
union all
select '#/login_name', 'duplicate'
where exists (select from account a
	join c on c.id = a.consortium_id where a.login = $4::text)
