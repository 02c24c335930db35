-- Talent-demand lists: how many people of which specialty an enterprise will
-- want in a year, as the consortium's notice has them drawn up.

-- The list of one year (its version is the ETag) and its entries.
create table demand_list (
	consortium_id uuid not null,
	enterprise_id uuid not null,
	year integer not null check (year between 2000 and 2100),
	version bigint not null default 1,
	updated_at timestamptz not null default now(),
	updated_by uuid not null,
	primary key (consortium_id, enterprise_id, year),
	foreign key (consortium_id, enterprise_id) references enterprise
);

create table demand (
	consortium_id uuid not null,
	enterprise_id uuid not null,
	year integer not null,
	number smallint not null check (number between 1 and 200),
	-- a specialty (6 digits), class (4) or category (2)
	specialty_code text not null references specialty_node,
	-- the least level; null: no matter
	education text
		check (education in ('secondary', 'associate', 'bachelor')),
	openings integer not null check (openings between 1 and 100000),
	note text check (char_length(note) between 1 and 200),
	primary key (consortium_id, enterprise_id, year, number),
	foreign key (consortium_id, enterprise_id, year)
		references demand_list on delete cascade,
	constraint demand_is_said_once unique nulls not distinct
		(consortium_id, enterprise_id, year, specialty_code, education)
);
create index demand_by_year
	on demand (consortium_id, year, enterprise_id, number);

-- Puts the whole list in the place of the one before; returns its version.
-- expected: the version that the caller saw (0: none yet). '' is no education,
-- no note.
create function put_demand(
	p_consortium uuid, p_enterprise uuid, p_year integer,
	p_specialties text[], p_educations text[], p_openings integer[],
	p_notes text[], p_actor uuid, p_expected bigint
) returns bigint
language plpgsql as $$
declare
	now_at bigint;
begin
	insert into demand_list as l (consortium_id, enterprise_id, year,
		updated_by)
	values (p_consortium, p_enterprise, p_year, p_actor)
	on conflict (consortium_id, enterprise_id, year) do update
		set version = l.version + 1, updated_at = now(),
			updated_by = excluded.updated_by
	returning version into now_at;
	if now_at <> p_expected + 1 then
		raise exception 'the list is at version %', now_at - 1
			using errcode = 'DK006', detail = (now_at - 1)::text;
	end if;
	delete from demand where consortium_id = p_consortium
		and enterprise_id = p_enterprise and year = p_year;
	insert into demand (consortium_id, enterprise_id, year, number,
		specialty_code, education, openings, note)
	select p_consortium, p_enterprise, p_year, d.number, d.specialty,
		nullif(d.education, ''), d.openings, nullif(d.note, '')
	from unnest(p_specialties, p_educations, p_openings, p_notes)
		with ordinality
		as d (specialty, education, openings, note, number);
	insert into change (consortium_id, topic, subject_id, kind, version,
		actor, payload)
	values (p_consortium, 'demand', p_enterprise, 'updated', now_at,
		p_actor, jsonb_build_object('year', p_year));
	return now_at;
end;
$$;
