-- Divisions as records/reference.h reads them: the one of a code, also
-- one that the newest list no longer has; or else a page of those it has.
-- $1 code or null, $2 beginning of a name or code or null,
-- $3 level or null, $4 parent or null,
-- $5 code of the last one seen or null, $6 how many
select d.code, d.name, '"l' || left(encode(l.sha256, 'hex'), 16) || '"',
	d.is_current, d.level, d.parent_code, d.source, d.statistical_only
from division d
join reference_list l on l.name = 'division'
where ($1::text is null or d.code = $1)
	and ($1::text is not null or d.is_current)
	and ($2::text is null or starts_with(d.name, $2)
		or starts_with(d.code, upper($2)))
	and ($3::text is null or d.level = $3)
	and ($4::text is null or d.parent_code = $4)
	and ($5::text is null or d.code > $5)
order by d.code
limit $6::bigint
