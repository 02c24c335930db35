-- Specialties as records/reference.h reads them: the one of a code, also
-- one that the newest list no longer has; or else a page of those it has.
-- $1 code or null, $2 beginning of a name or code or null,
-- $3 level or null, $4 class or category or null,
-- $5 code of the last one seen or null, $6 how many
select s.code, s.name, '"l' || left(encode(l.sha256, 'hex'), 16) || '"',
	s.is_current, s.level, s.national_control, s.in_edition, s.class_code,
	s.class_name, s.category_code, s.category_name
from specialty s
join reference_list l on l.name = 'specialty'
where ($1::text is null or s.code = $1)
	and ($1::text is not null or s.is_current)
	and ($2::text is null or starts_with(s.name, $2)
		or starts_with(s.code, upper($2)))
	and ($3::text is null or s.level = $3)
	and ($4::text is null or $4 in (s.class_code, s.category_code))
	and ($5::text is null or s.code > $5)
order by s.code
limit $6::bigint
