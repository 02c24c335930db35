-- What only the database sees of a policy to be: whether its first moment is
-- past, in the first row, and then a row for each of its industries that is no
-- current section or division, with its number from 0.
-- $1 valid from or null, $2 industries, '' for none
select coalesce($1::timestamptz < now(), false), null::bigint as number
union all
select null, n.number - 1
from unnest($2::text[]) with ordinality as n (code, number)
where n.code <> '' and not exists (select from industry i
	where i.code = n.code and i.is_current
		and i.level in ('section', 'division'))
order by number nulls first
