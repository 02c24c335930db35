-- Occupations as records/reference.h reads them: the one of a code, also
-- one that the newest list no longer has; or else a page of those it has.
-- $1 code or null, $2 beginning of a name or code or null,
-- $3 null: it has no levels, $4 major, middle or small group or null,
-- $5 code of the last one seen or null, $6 how many
select o.code, o.name, '"l' || left(encode(l.sha256, 'hex'), 16) || '"',
	o.is_current, o.green, o.digital, o.source, o.major_code, o.major_name,
	o.middle_code, o.middle_name, o.small_code, o.small_name
from occupation o
join reference_list l on l.name = 'occupation'
where ($1::text is null or o.code = $1)
	and ($1::text is not null or o.is_current)
	and ($2::text is null or starts_with(o.name, $2)
		or starts_with(o.code, upper($2)))
	and $3::text is null
	and ($4::text is null
		or $4 in (o.major_code, o.middle_code, o.small_code))
	and ($5::text is null or o.code > $5)
order by o.code
limit $6::bigint
