-- The JSON pointers of those codes that are in no list; no row: all are.
-- $1 specialty or null, $2 home division or null, $3 willing divisions or null
select '#/specialty_code'
where $1::text is not null
	and not exists (select from specialty p where p.code = $1)
union all
select '#/home_division_code'
where $2::text is not null
	and not exists (select from division d where d.code = $2)
union all
select '#/willing_division_codes/' || (n.rank - 1)
from unnest($3::text[]) with ordinality as n (code, rank)
where not exists (select from division d where d.code = n.code)
