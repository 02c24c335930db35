-- The names of those filters whose value is in no list; no row: all are.
-- $1 industry or null, $2 division or null
select 'industry'
where $1::text is not null
	and not exists (select from industry i where i.code = $1)
union all
select 'division'
where $2::text is not null
	and not exists (select from division d where d.code = $2)
