-- Natures of units as records/reference.h reads them: the one of a code, also
-- one that the newest list no longer has; or else a page of those it has.
-- $1 code or null, $2 beginning of a name or code or null,
-- $3 null: it has no levels, $4 null: nor parents,
-- $5 code of the last one seen or null, $6 how many
select u.code, u.name, '"l' || left(encode(l.sha256, 'hex'), 16) || '"',
	u.is_current
from unit_nature u
join reference_list l on l.name = 'unit_nature'
where ($1::text is null or u.code = $1)
	and ($1::text is not null or u.is_current)
	and ($2::text is null or starts_with(u.name, $2)
		or starts_with(u.code, upper($2)))
	and $3::text is null
	and $4::text is null
	and ($5::text is null or u.code > $5)
order by u.code
limit $6::bigint
