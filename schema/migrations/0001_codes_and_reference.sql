-- Official codes: how they are checked, and the lists they come from.
--
-- Every migration is one transaction, run once, in order of its number, by
-- `duikou-server migrate`, which records it in schema_migration (number,
-- name, sha256, applied_at). The runner makes that table itself. A migration
-- that has been released is never edited: what it left wrong, a later one
-- puts right.
--
-- Loading a list (`duikou-server reference load`) is three steps in one
-- transaction. The columns bear the names of the CSV headers, so none needs
-- to be told apart:
--
--   create temp table incoming (like specialty including defaults)
--           on commit drop;
--   copy incoming (code, name, ...) from stdin (format csv, header match);
--   select * from reference_absorb('specialty', edition, source, sha256);
--
-- A code that the new file no longer has stays, because rows may point at
-- it, and is marked is_current = false. The lists, their files and their
-- editions are in schema/reference/lists.csv.

-- GB 32100-2015: 18 characters of a 31 letter alphabet, weights 3^(i-1)
-- mod 31, the whole being 0 mod 31 (the check character has weight 1).
create function uscc_is_valid(code text) returns boolean
language sql immutable strict parallel safe
begin atomic
	select code ~ '^[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}$'
		and 0 = (
			select sum((strpos('0123456789ABCDEFGHJKLMNPQRTUWXY',
					substr(code, i, 1)) - 1)
				* (array[1, 3, 9, 27, 19, 26, 16, 17, 20, 29,
					25, 13, 8, 24, 10, 30, 28, 1])[i]) % 31
			from generate_series(1, 18) as i
		);
end;

-- The level of a vocational specialty is in its category: 61-79 secondary,
-- 41-59 associate, 21-39 bachelor; null when the code is none of these.
create function specialty_level(code text) returns text
language sql immutable strict parallel safe
return case
	when code ~ '^(6[1-9]|7[0-9])' then 'secondary'
	when code ~ '^(4[1-9]|5[0-9])' then 'associate'
	when code ~ '^(2[1-9]|3[0-9])' then 'bachelor'
end;

-- Lists of words (skills, codes): bounded, and without an empty member.
-- Cheap on purpose: posting has five of them.
create function words_are_sane(words text[], most integer) returns boolean
language sql immutable parallel safe
return cardinality(words) = 0
	or (array_ndims(words) = 1 and cardinality(words) <= most
		and array_position(words, null) is null
		and array_position(words, '') is null);

create table reference_list (
	name text primary key,
	edition text not null check (edition <> ''),
	source text not null check (source <> ''),
	sha256 bytea not null check (octet_length(sha256) = 32),
	row_count integer not null check (row_count >= 0),
	loaded_at timestamptz not null default now()
);

create table specialty (
	code text primary key check (code ~ '^[2-7][0-9]{5}$'),
	name text not null check (name <> ''),
	level text not null,
	class_code text not null,
	class_name text not null,
	category_code text not null,
	category_name text not null,
	national_control boolean not null,
	in_edition text,
	is_current boolean not null default true,
	constraint specialty_level_fits_code
		check (level is not distinct from specialty_level(code)),
	constraint specialty_class_fits_code check (class_code = left(code, 4)),
	constraint specialty_category_fits_code
		check (category_code = left(code, 2))
);
create index specialty_by_class on specialty (class_code);

-- Every code that a posting may aim at: specialties (6 digits), classes (4)
-- and categories (2). Derived from specialty, never loaded.
create table specialty_node (
	code text primary key,
	digits smallint not null check (digits in (2, 4, 6)),
	parent_code text references specialty_node,
	name text not null,
	level text not null,
	constraint specialty_node_digits_fit_code
		check (char_length(code) = digits)
);

create function specialty_nodes_follow() returns trigger
language plpgsql as $$
begin
	insert into specialty_node (code, digits, parent_code, name, level)
	select distinct on (n.code) n.code, n.digits, n.parent, n.name, s.level
	from specialty s,
		lateral (values
			(s.category_code, 2, null, s.category_name),
			(s.class_code, 4, s.category_code, s.class_name),
			(s.code, 6, s.class_code, s.name)
		) as n (code, digits, parent, name)
	order by n.code, s.code
	on conflict (code) do update set name = excluded.name
		where specialty_node.name <> excluded.name;
	return null;
end;
$$;

create trigger nodes_follow after insert or update on specialty
	for each statement execute function specialty_nodes_follow();

create table occupation (
	code text primary key check (code ~ '^[1-8](-[0-9]{2}){3}$'),
	name text not null check (name <> ''),
	major_code text not null,
	major_name text not null,
	middle_code text not null,
	middle_name text not null,
	small_code text not null,
	small_name text not null,
	green boolean not null,
	digital boolean not null,
	source text not null,
	is_current boolean not null default true
);

create table industry (
	code text primary key check (code ~ '^([A-T]|[0-9]{2,4})$'),
	name text not null check (name <> ''),
	level text not null
		check (level in ('section', 'division', 'group', 'class')),
	section text not null check (section ~ '^[A-T]$'),
	parent_code text references industry,
	full_code text not null unique check (full_code ~ '^[A-T][0-9]{0,4}$'),
	is_current boolean not null default true
);

-- Four cities have no counties but townships (9 digits: 441900003). They are
-- in the list to be read; rows of ours take the 6 digits of the city.
create table division (
	code text primary key check (code ~ '^[1-8][0-9]{5}([0-9]{3})?$'),
	name text not null check (name <> ''),
	level text not null
		check (level in ('province', 'prefecture', 'county')),
	parent_code text references division,
	source text not null,
	statistical_only boolean not null,
	is_current boolean not null default true
);
create index division_by_parent on division (parent_code);

create table destination (
	code text primary key check (code ~ '^[0-9]{2}$'),
	name text not null check (name <> ''),
	category text not null,
	"group" text not null,
	counts_as_placed boolean not null,
	counts_as_employed boolean not null,
	needs_unit_location boolean not null,
	is_current boolean not null default true
);

create table unit_nature (
	code text primary key check (code ~ '^[0-9]{2}$'),
	name text not null check (name <> ''),
	is_current boolean not null default true
);

-- Which occupations a specialty leads to. Empty unless the operator loads a
-- pair list: no official one is at hand, and everything works without it.
create table specialty_occupation (
	specialty_code text not null references specialty,
	occupation_code text not null references occupation,
	is_current boolean not null default true,
	primary key (specialty_code, occupation_code)
);
create index specialty_occupation_by_occupation
	on specialty_occupation (occupation_code);

-- Takes the rows of the temp table `incoming` into the list; says how many
-- were new, changed, and retired (no longer in the file).
create function reference_absorb(
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
