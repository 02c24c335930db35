-- Makes an enterprise and the account that acts for it; returns the former as
-- records/enterprise.h reads it, or no row where there is no such consortium.
-- $1 slug of the consortium, $2 id, $3 credit code, $4 name, $5 industry,
-- $6 division, $7 nature of the unit or null, $8 address or null, $9 staff,
-- $10 day of its count, $11 id of the account, $12 login name, $13 salt and
-- $14 hash in hex, $15 $16 $17 N, r and p of scrypt
with e as (
	insert into enterprise (consortium_id, id, uscc, name, industry_code,
		division_code, unit_nature_code, address, staff_count,
		staff_counted_on, created_by)
	select c.id, $2::uuid, $3, $4, $5, $6, $7, $8, $9::integer,
		$10::date, $11::uuid
	from consortium c
	where c.slug = $1 and not c.is_service
	returning *
), a as (
	insert into account (consortium_id, id, login, role, owner_kind,
		enterprise_id, password_salt, password_hash, scrypt_n,
		scrypt_r, scrypt_p, created_by)
	select e.consortium_id, $11::uuid, $12, 'enterprise', 'enterprise',
		e.id, decode($13, 'hex'), decode($14, 'hex'), $15::integer,
		$16::smallint, $17::smallint, $11::uuid
	from e
)
select e.id, e.uscc, e.name, e.industry_code, i.name, e.unit_nature_code,
	e.division_code, d.name, e.address, e.state, e.staff_count,
	e.staff_counted_on, e.version, e.created_at, e.updated_at,
	e.postings_are_public
from e
join industry i on i.code = e.industry_code
join division d on d.code = e.division_code
