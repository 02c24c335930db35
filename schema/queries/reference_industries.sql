-- Industries as records/reference.h reads them: the one of a code, also
-- one that the newest list no longer has; or else a page of those it has.
-- $1 code or null, $2 beginning of a name or code or null,
-- $3 level or null, $4 parent or null,
-- $5 code of the last one seen or null, $6 how many
select i.code, i.name, '"l' || left(encode(l.sha256, 'hex'), 16) || '"',
	i.is_current, i.level, i.section, i.full_code, i.parent_code
from industry i
join reference_list l on l.name = 'industry'
where ($1::text is null or i.code = $1)
	and ($1::text is not null or i.is_current)
	and ($2::text is null or starts_with(i.name, $2)
		or starts_with(i.code, upper($2)))
	and ($3::text is null or i.level = $3)
	and ($4::text is null or i.parent_code = $4)
	and ($5::text is null or i.code > $5)
order by i.code
limit $6::bigint
