-- Data in: what a school means by the names it gives its specialties, the
-- sheet that an import is of, and what was read otherwise than it was written.

-- By the folded name, so that width, case and script make no other name of it.
create table specialty_mapping (
	consortium_id uuid not null,
	school_id uuid not null,
	name_folded text not null
		check (char_length(name_folded) between 1 and 400),
	-- as it was written
	name text not null check (char_length(name) between 1 and 100),
	specialty_code text not null
		constraint specialty_mapping_is_of_a_code references specialty,
	mapped_at timestamptz not null default now(),
	mapped_by uuid not null,
	primary key (consortium_id, school_id, name_folded),
	foreign key (consortium_id, school_id) references school
);

alter table import
	drop constraint import_kind_check,
	add constraint import_kind_check check (kind in
		('students', 'enterprises', 'postings', 'placements')),
	-- of a workbook; null: the first
	add sheet text check (char_length(sheet) between 1 and 31),
	-- {name: code}, for this import alone if it is a dry run
	add mapping jsonb;

-- As errors, of what was read otherwise than it was written and is certain.
alter table import_row add notes jsonb not null default '[]';

-- Remembers what a school means by names; a null code forgets. How many names
-- the school has mapped.
create function map_specialties(p_consortium uuid, p_school uuid,
	p_account uuid, p_names text[], p_folded text[], p_codes text[])
returns bigint
language plpgsql as $$
declare
	mapped bigint;
begin
	delete from specialty_mapping m
	using unnest(p_folded, p_codes) as u (folded, code)
	where m.consortium_id = p_consortium and m.school_id = p_school
		and m.name_folded = u.folded and u.code = '';
	-- in order, so that two who map the same names do not lock each other
	insert into specialty_mapping as m (consortium_id, school_id,
		name_folded, name, specialty_code, mapped_by)
	select distinct on (u.folded) p_consortium, p_school, u.folded, u.name,
		u.code, p_account
	from unnest(p_names, p_folded, p_codes) with ordinality
		as u (name, folded, code, place)
	where u.code <> ''
	order by u.folded, u.place desc
	on conflict (consortium_id, school_id, name_folded) do update
		set name = excluded.name,
			specialty_code = excluded.specialty_code,
			mapped_at = now(), mapped_by = excluded.mapped_by
		where m.specialty_code <> excluded.specialty_code;
	mapped := (select count(*) from specialty_mapping m
		where m.consortium_id = p_consortium
			and m.school_id = p_school);
	if mapped > 2000 then
		raise exception 'the school has mapped % names', mapped
			using errcode = '23514', constraint =
				'specialty_mapping_is_bounded';
	end if;
	return mapped;
end;
$$;
