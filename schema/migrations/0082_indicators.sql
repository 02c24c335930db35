-- What the consortium's report counts (docs/report.md): internships as they
-- began, and who took part at a moment.

-- The first moment of a day in China.
create function china_midnight(day date) returns timestamptz
language sql immutable parallel safe
return day::timestamp at time zone 'Asia/Shanghai';

create index posting_by_publication on posting
	(consortium_id, first_published_at, kind)
	include (openings, created_at)
	where first_published_at is not null;

-- How near a specialty is to those that a posting is for, as the ranking says
-- it (docs/matching.md): 1 the same, 2 its class, 3 its class at another level
-- or a tied occupation, 4 its category, 5 none of these.
create function specialty_tier(
	specialty text, targets text[], occupation text
) returns smallint
language sql stable
begin atomic
	select least(5, (select min(case
			when t.code = specialty then 1
			when left(t.code, 4) = left(specialty, 4) then 2
			when length(t.code) >= 4
				and substr(t.code, 3, 2)
					= substr(specialty, 3, 2)
				and left(t.code, 2)::integer % 20
					= left(specialty, 2)::integer % 20
			then 3
			when left(t.code, 2)::integer % 20
				= left(specialty, 2)::integer % 20 then 4
			else 5 end)
		from unnest(targets) as t (code)),
		case when exists (select from specialty_occupation o
			where o.specialty_code = specialty
				and o.occupation_code = occupation
				and o.is_current) then 3 end)::smallint;
end;

-- One row for each internship that began, as things were then: counted without
-- a look at students, postings and agreements.
create table internship_start (
	consortium_id uuid not null,
	-- the placement's
	id uuid not null,
	started_on date not null,
	-- specialty_tier; null: no posting says for whom it is
	tier smallint check (tier between 1 and 5),
	-- the rules (GET /v1/rules) that its rows contradict
	broken text[] not null,
	primary key (consortium_id, id),
	foreign key (consortium_id, id) references placement on delete cascade
);
create index internship_start_by_day on internship_start
	(consortium_id, started_on) include (tier, broken);

-- All three have signed one edition, by the day of the start.
create function placement_is_agreed(p placement) returns boolean
language sql stable as $$
	select exists (select from agreement_signature s
		where s.consortium_id = p.consortium_id
			and s.placement_id = p.id
			and s.party in ('school', 'enterprise', 'student')
			and s.signed_on <= p.started_on
		group by s.edition
		having count(*) = 3);
$$;

-- The rules of docs/rules.md 1.4, 1.5, 1.14 and 1.18 that a start contradicts,
-- found anew from the rows, whatever let it begin.
create function internship_breaks(p placement) returns text[]
language sql stable as $$
	select array_remove(array[
		case when extract(year from p.started_on) - s.entry_year
			+ case when extract(month from p.started_on) >= 9
				then 1 else 0 end < 2 then 'first-year' end,
		case when s.birth_date + interval '16 years' > p.started_on
			then 'age-at-start' end,
		case when not placement_is_agreed(p) then 'agreement' end,
		case when not coalesce((select insurance_spans(e.terms)
			from agreement a
			join agreement_edition e
				on e.consortium_id = a.consortium_id
				and e.placement_id = a.id
				and e.edition = a.signed_edition
			where a.consortium_id = p.consortium_id
				and a.id = p.id), false)
			then 'insurance' end], null)
	from student s
	where s.consortium_id = p.consortium_id and s.id = p.student_id;
$$;

create function internship_begun(p placement) returns void
language sql as $$
	insert into internship_start as x (consortium_id, id, started_on, tier,
		broken)
	values (p.consortium_id, p.id, p.started_on, (
		select specialty_tier(s.specialty_code, o.targets,
			o.occupation_code)
		from student s
		join posting o on o.consortium_id = s.consortium_id
			and o.id = p.posting_id
		where s.consortium_id = p.consortium_id
			and s.id = p.student_id), internship_breaks(p))
	on conflict (consortium_id, id) do update set
		started_on = excluded.started_on, tier = excluded.tier,
		broken = excluded.broken;
$$;

-- AFTER UPDATE of a placement.
create function internship_counted() returns trigger
language plpgsql as $$
begin
	perform internship_begun(new);
	return null;
end;
$$;

create trigger counted after update on placement
	for each row when (new.started_on is not null
		and new.started_on is distinct from old.started_on)
	execute function internship_counted();

-- Those that began before.
select internship_begun(p) from placement p where p.started_on is not null;

-- Does a graduate count as this in the rates, as things are?
create function graduate_counts_as(
	p_consortium uuid, p_student uuid, p_measure text
) returns boolean
language sql stable
begin atomic
	select exists (select from graduate_fact f
		where f.consortium_id = p_consortium
			and f.student_id = p_student and f.to_at = 'infinity'
			and case p_measure
				when 'placed' then f.code
					not in ('none', '70', '71', '72')
				when 'employed' then f.code not in ('none',
					'70', '71', '72', '80', '85')
				when 'local' then f.place = 3
				when 'answered' then f.aligned_said > 0
				when 'said_yes' then f.aligned_said = 2
				when 'computable' then f.aligned_computed > 0
				when 'computed_yes' then f.aligned_computed = 2
				end);
end;

-- The enterprises that were verified at a moment: their present state, and for
-- a past one what the first move since then came from.
create function enterprises_verified_at(consortium uuid, moment timestamptz)
returns setof uuid
language sql stable
begin atomic
	select e.id from enterprise e
	where e.consortium_id = consortium and e.created_at < moment
		and coalesce((select v.from_state from event v
			where moment <= now()
				and v.consortium_id = e.consortium_id
				and v.subject_id = e.id
				and v.machine = 'enterprise' and v.at >= moment
			order by v.at, v.id limit 1), e.state) = 'verified';
end;
