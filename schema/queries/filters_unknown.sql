-- The names of those filters whose value is in no list; no row: all are.
-- $1 consortium, $2 division or null, $3 specialty, class or category or
-- null, $4 school or null
select 'division_code'
where $2::text is not null
	and not exists (select from division d where d.code = $2)
union all
select 'specialty'
where $3::text is not null
	and not exists (select from specialty_node n where n.code = $3)
union all
select 'school_id'
where $4::uuid is not null
	and not exists (select from school c
		where c.consortium_id = $1::uuid and c.id = $4::uuid)
