-- How advertisements call fields of study: a list of ours, read from real
-- advertisements, beside the official names.

-- codes: classes (4 digits) and categories (2) as the associate level writes
-- them, by semicolons; none: a field that has no class in the catalogue, which
-- must be known all the same, so that it is not taken for another.
create table specialty_alias (
	alias text primary key check (char_length(alias) between 1 and 60),
	codes text check
		(codes ~ '^[45][0-9]([0-9]{2})?(;[45][0-9]([0-9]{2})?)*$'),
	source text not null check (source <> ''),
	reason text not null check (reason <> ''),
	is_current boolean not null default true
);

-- Every name that a text may call a specialty, class or category by, and what
-- it then is: one row for each code, on every level that has it. A name
-- without code is a field that has no class.
create view specialty_name as
select n.name, n.code, false as is_alias
from specialty_node n
where not exists (select from specialty s
	where s.code = n.code and not s.is_current)
union all
select a.alias, n.code, true
from specialty_alias a
left join specialty_node n on translate(left(n.code, 1), '2367', '4545')
	|| substr(n.code, 2) = any (string_to_array(a.codes, ';'))
where a.is_current;

-- As in 0001, and the list of aliases.
create or replace function reference_absorb(
	list text, new_edition text, new_source text, new_sha256 bytea,
	out added integer, out changed integer, out retired integer
) language plpgsql as $$
declare
	keys text := 'code';
	columns text;
	total integer;
begin
	if list = 'specialty_occupation' then
		keys := 'specialty_code, occupation_code';
	elsif list = 'specialty_alias' then
		keys := 'alias';
	elsif list not in ('specialty', 'occupation', 'industry', 'division',
			'destination', 'unit_nature') then
		raise exception 'no reference list is called %', list
			using errcode = 'DK007';
	end if;
	execute format('select count(*) - count(distinct (%s)) from incoming',
		keys) into total;
	if total > 0 then
		raise exception 'the file names % codes twice', total
			using errcode = '23505', constraint = 'incoming_twice';
	end if;
	select string_agg(quote_ident(attname), ', ' order by attnum)
	into columns
	from pg_attribute
	where attrelid = list::regclass and attnum > 0 and not attisdropped;

	execute format(
		'with written as (
			insert into %1$I as t (%2$s) select %2$s from incoming
			on conflict (%3$s) do update
				set (%2$s) = row(excluded.*)
			where t is distinct from excluded
			returning xmax = 0 as is_new)
		select count(*) filter (where is_new),
			count(*) filter (where not is_new) from written',
		list, columns, keys) into added, changed;
	execute format(
		'with gone as (
			update %1$I t set is_current = false
			where t.is_current and (%2$s) not in
				(select %2$s from incoming)
			returning 1)
		select count(*) from gone', list, keys) into retired;
	select count(*) into total from incoming;
	insert into reference_list (name, edition, source, sha256, row_count)
	values (list, new_edition, new_source, new_sha256, total)
	on conflict (name) do update set edition = excluded.edition,
		source = excluded.source, sha256 = excluded.sha256,
		row_count = excluded.row_count, loaded_at = now();
end;
$$;
