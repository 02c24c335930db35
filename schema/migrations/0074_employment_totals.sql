-- Statistics of many years in milliseconds, of now and of any moment before:
-- sums over more than one kind of graduate (cuts), and how they were.

-- As graduate_sum, with less told apart. place: school and specialty; sex; or
-- month; what a cut does not tell apart is nil, '' or 0.
create table graduate_total (
	consortium_id uuid not null,
	cut text not null check (cut in ('place', 'sex', 'month')),
	proof smallint not null,
	year smallint not null,
	school_id uuid not null,
	specialty_code text not null,
	sex text not null,
	month smallint not null,
	graduates integer not null default 0,
	n10 integer not null default 0,
	n11 integer not null default 0,
	n12 integer not null default 0,
	n27 integer not null default 0,
	n46 integer not null default 0,
	n50 integer not null default 0,
	n51 integer not null default 0,
	n70 integer not null default 0,
	n71 integer not null default 0,
	n72 integer not null default 0,
	n75 integer not null default 0,
	n76 integer not null default 0,
	n80 integer not null default 0,
	n85 integer not null default 0,
	nothing integer not null default 0,
	local integer not null default 0,
	province integer not null default 0,
	answered integer not null default 0,
	said_yes integer not null default 0,
	computable integer not null default 0,
	computed_yes integer not null default 0,
	by_declared integer not null default 0,
	by_employer integer not null default 0,
	by_document integer not null default 0,
	by_insurance integer not null default 0,
	primary key (consortium_id, cut, proof, year, school_id,
		specialty_code, sex, month)
);

-- How graduate_total was: what stood from one end of an epoch to a later one.
create table graduate_past (
	like graduate_total including defaults,
	from_at timestamptz not null,
	to_at timestamptz not null default 'infinity',
	primary key (consortium_id, cut, proof, school_id, year,
		specialty_code, sex, month, to_at),
	constraint graduate_past_is_some_time check (from_at < to_at)
);
-- What stood at a moment: the one or the other, as it is late or early.
create index graduate_past_by_to on graduate_past
	(consortium_id, cut, proof, year, to_at, from_at);
create index graduate_past_by_from on graduate_past
	(consortium_id, cut, proof, year, from_at, to_at);

-- The ends of epochs. An epoch is some thousand changes of graduate_fact: to
-- count a moment, take graduate_past at the end before it, and the changes
-- from there on.
create table graduate_epoch (
	consortium_id uuid not null,
	until timestamptz not null,
	primary key (consortium_id, until)
);

-- Up to when all changes are known, so that an epoch may end. A moment is
-- asked about (asked_at); once that can be seen by all who begin to write, the
-- next transaction's number is kept (fence); when all before it are over,
-- nobody can stamp anything with that moment any more, and it is safe.
create table graduate_fence (
	consortium_id uuid primary key,
	asked_at timestamptz not null,
	fence xid8,
	safe_at timestamptz not null default '-infinity'
);

drop index graduate_fact_by_year;
create index graduate_fact_by_from on graduate_fact (consortium_id, from_at);
create index graduate_fact_by_to on graduate_fact (consortium_id, to_at)
	where to_at <> 'infinity';
create index graduate_fact_by_school on graduate_fact
	(consortium_id, school_id, year, to_at, from_at);

-- What changed after a moment, until another: one more, or one less.
create function graduate_changes(
	p_consortium uuid, p_after timestamptz, p_until timestamptz
) returns table (
	year smallint, school_id uuid, specialty_code text, sex text,
	month smallint, code text, evidence smallint, place smallint,
	aligned_said smallint, aligned_computed smallint, n integer
) language sql stable
begin atomic
	select f.year, f.school_id, f.specialty_code, f.sex, f.month, f.code,
		f.evidence, f.place, f.aligned_said, f.aligned_computed, 1
	from graduate_fact f
	where f.consortium_id = p_consortium and f.from_at > p_after
		and f.from_at <= p_until
	union all
	select f.year, f.school_id, f.specialty_code, f.sex, f.month, f.code,
		f.evidence, f.place, f.aligned_said, f.aligned_computed, -1
	from graduate_fact f
	where f.consortium_id = p_consortium and f.to_at > p_after
		and f.to_at <= p_until and f.to_at <> 'infinity';
end;

-- The end of the last epoch that had ended by a moment.
create function graduate_epoch_at(p_consortium uuid, p_at timestamptz)
returns timestamptz
language sql stable
begin atomic
	select coalesce(max(e.until), '-infinity') from graduate_epoch e
	where e.consortium_id = p_consortium and e.until <= p_at;
end;

-- The years of which there is anything by the end of an epoch.
create function graduate_years_at(
	p_consortium uuid, p_epoch timestamptz, p_first integer, p_last integer
) returns smallint[]
language sql stable
begin atomic
	select array(select distinct y.year from graduate_past y
		where y.consortium_id = p_consortium and y.cut = 'month'
			and y.proof = 0 and y.from_at <= p_epoch
			and y.year between p_first and p_last);
end;

-- The counts of some years, of one school or of all, live or as they were at a
-- moment (with the epoch's end before it, and its years), in a cut of
-- graduate_total, or in `cell`: all told apart, of one school only. Rows that
-- are alike may come more than once: they are summed.
create function employment_counts(
	p_consortium uuid, p_school uuid, p_first integer, p_last integer,
	p_proof integer, p_at timestamptz, p_epoch timestamptz,
	p_years smallint[], p_cut text
) returns setof graduate_total
language sql stable as $$
	with raw as (
		select g.year, g.school_id, g.specialty_code, g.sex, g.month,
			g.code, g.evidence, g.place, g.aligned_said,
			g.aligned_computed, g.n
		from graduate_count g
		where p_at is null and g.consortium_id = p_consortium
			and g.year between p_first and p_last
		union all
		select f.year, f.school_id, f.specialty_code, f.sex, f.month,
			f.code, f.evidence, f.place, f.aligned_said,
			f.aligned_computed, 1
		from graduate_fact f
		where p_at is not null and p_cut <> 'cell'
			and f.consortium_id = p_consortium
			and f.from_at > p_epoch
			and f.from_at <= p_at
			and f.year between p_first and p_last
		union all
		select f.year, f.school_id, f.specialty_code, f.sex, f.month,
			f.code, f.evidence, f.place, f.aligned_said,
			f.aligned_computed, -1
		from graduate_fact f
		where p_at is not null and p_cut <> 'cell'
			and f.consortium_id = p_consortium
			and f.to_at > p_epoch
			and f.to_at <= p_at and f.to_at <> 'infinity'
			and f.year between p_first and p_last
		union all
		select f.year, f.school_id, f.specialty_code, f.sex, f.month,
			f.code, f.evidence, f.place, f.aligned_said,
			f.aligned_computed, 1
		from graduate_fact f
		where p_at is not null and p_cut = 'cell'
			and f.consortium_id = p_consortium
			and f.school_id = p_school
			and f.year between p_first and p_last
			and f.from_at <= p_at and f.to_at > p_at
	), alike as (
		select r.year,
			case when p_cut in ('place', 'cell') then r.school_id
				else '00000000-0000-0000-0000-000000000000'
				end as school_id,
			case when p_cut in ('place', 'cell')
				then r.specialty_code else '' end
				as specialty_code,
			case when p_cut in ('sex', 'cell') then r.sex else ''
				end as sex,
			case when p_cut in ('month', 'cell') then r.month
				else 0 end as month,
			r.code, r.evidence, r.place, r.aligned_said,
			r.aligned_computed, sum(r.n) as n
		from raw r
		where p_school is null or r.school_id = p_school
		group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
		having sum(r.n) <> 0
	)
	select t.*
	from graduate_total t
	where p_at is null and t.consortium_id = p_consortium
		and t.cut = p_cut and t.proof = p_proof
		and t.year between p_first and p_last
		and (p_school is null or t.school_id = p_school)
	union all
	select s.consortium_id, p_cut, s.proof, s.year, s.school_id,
		s.specialty_code, s.sex, s.month,
		s.graduates, s.n10, s.n11, s.n12, s.n27, s.n46, s.n50, s.n51,
		s.n70, s.n71, s.n72, s.n75, s.n76, s.n80, s.n85, s.nothing,
		s.local, s.province, s.answered, s.said_yes, s.computable,
		s.computed_yes, s.by_declared, s.by_employer, s.by_document,
		s.by_insurance
	from graduate_sum s
	where p_at is null and p_cut = 'cell'
		and s.consortium_id = p_consortium and s.proof = p_proof
		and s.year between p_first and p_last
		and s.school_id = p_school
	union all
	select p.consortium_id, p.cut, p.proof, p.year, p.school_id,
		p.specialty_code, p.sex, p.month,
		p.graduates, p.n10, p.n11, p.n12, p.n27, p.n46, p.n50, p.n51,
		p.n70, p.n71, p.n72, p.n75, p.n76, p.n80, p.n85, p.nothing,
		p.local, p.province, p.answered, p.said_yes, p.computable,
		p.computed_yes, p.by_declared, p.by_employer, p.by_document,
		p.by_insurance
	from graduate_past p
	where p_at is not null and p.consortium_id = p_consortium
		and p.cut = p_cut and p.proof = p_proof
		and p.year = any (p_years)
		and p.from_at <= p_epoch
		and p.to_at > p_epoch
		and (p_school is null or p.school_id = p_school)
	union all
	select p_consortium, p_cut, p_proof::smallint, a.year, a.school_id,
		a.specialty_code, a.sex, a.month::smallint,
		m.graduates::integer, m.n10::integer, m.n11::integer,
		m.n12::integer, m.n27::integer, m.n46::integer, m.n50::integer,
		m.n51::integer, m.n70::integer, m.n71::integer, m.n72::integer,
		m.n75::integer, m.n76::integer, m.n80::integer, m.n85::integer,
		m.nothing::integer, m.local::integer, m.province::integer,
		m.answered::integer, m.said_yes::integer,
		m.computable::integer, m.computed_yes::integer,
		m.by_declared::integer, m.by_employer::integer,
		m.by_document::integer, m.by_insurance::integer
	from alike a
	cross join lateral graduate_measures(a.code, a.evidence, a.place,
		a.aligned_said, a.aligned_computed, p_proof, a.n) m;
$$;

-- Puts changes of counts together; how many it took.
create or replace function fold_graduate_counts(p_most integer) returns bigint
language sql
begin atomic
	with taken as materialized (
		select x.ctid as at from graduate_count x limit p_most
		for update skip locked
	), gone as (
		delete from graduate_count c
		where c.ctid = any (array(select at from taken))
		returning c.*
	), alike as (
		select g.consortium_id, g.year, g.school_id, g.specialty_code,
			g.month, g.sex, g.code, g.evidence, g.place,
			g.aligned_said, g.aligned_computed, sum(g.n) as n
		from gone g
		group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
	), sums as materialized (
		select g.consortium_id, l.proof, g.year, g.school_id,
			g.specialty_code, g.month, g.sex,
			sum(m.graduates) as graduates, sum(m.n10) as n10,
			sum(m.n11) as n11, sum(m.n12) as n12,
			sum(m.n27) as n27, sum(m.n46) as n46,
			sum(m.n50) as n50, sum(m.n51) as n51,
			sum(m.n70) as n70, sum(m.n71) as n71,
			sum(m.n72) as n72, sum(m.n75) as n75,
			sum(m.n76) as n76, sum(m.n80) as n80,
			sum(m.n85) as n85, sum(m.nothing) as nothing,
			sum(m.local) as local, sum(m.province) as province,
			sum(m.answered) as answered,
			sum(m.said_yes) as said_yes,
			sum(m.computable) as computable,
			sum(m.computed_yes) as computed_yes,
			sum(m.by_declared) as by_declared,
			sum(m.by_employer) as by_employer,
			sum(m.by_document) as by_document,
			sum(m.by_insurance) as by_insurance
		from alike g
		cross join generate_series(0, 4) as l (proof)
		cross join lateral graduate_measures(g.code, g.evidence,
			g.place, g.aligned_said, g.aligned_computed, l.proof,
			g.n) m
		group by 1, 2, 3, 4, 5, 6, 7
		order by 1, 2, 3, 4, 5, 6, 7
	), folded as (
		insert into graduate_sum as t
		select * from sums
		on conflict (consortium_id, proof, year, school_id,
			specialty_code, month, sex) do update set
			graduates = t.graduates + excluded.graduates,
			n10 = t.n10 + excluded.n10, n11 = t.n11 + excluded.n11,
			n12 = t.n12 + excluded.n12, n27 = t.n27 + excluded.n27,
			n46 = t.n46 + excluded.n46, n50 = t.n50 + excluded.n50,
			n51 = t.n51 + excluded.n51, n70 = t.n70 + excluded.n70,
			n71 = t.n71 + excluded.n71, n72 = t.n72 + excluded.n72,
			n75 = t.n75 + excluded.n75, n76 = t.n76 + excluded.n76,
			n80 = t.n80 + excluded.n80, n85 = t.n85 + excluded.n85,
			nothing = t.nothing + excluded.nothing,
			local = t.local + excluded.local,
			province = t.province + excluded.province,
			answered = t.answered + excluded.answered,
			said_yes = t.said_yes + excluded.said_yes,
			computable = t.computable + excluded.computable,
			computed_yes = t.computed_yes + excluded.computed_yes,
			by_declared = t.by_declared + excluded.by_declared,
			by_employer = t.by_employer + excluded.by_employer,
			by_document = t.by_document + excluded.by_document,
			by_insurance = t.by_insurance + excluded.by_insurance
		returning 1
	), totals as (
		insert into graduate_total as t
		select s.consortium_id, case when grouping(s.school_id) = 0
				then 'place' when grouping(s.sex) = 0
				then 'sex' else 'month' end,
			s.proof, s.year, coalesce(s.school_id,
				'00000000-0000-0000-0000-000000000000'),
			coalesce(s.specialty_code, ''), coalesce(s.sex, ''),
			coalesce(s.month, 0),
			sum(s.graduates), sum(s.n10), sum(s.n11), sum(s.n12),
			sum(s.n27), sum(s.n46), sum(s.n50), sum(s.n51),
			sum(s.n70), sum(s.n71), sum(s.n72), sum(s.n75),
			sum(s.n76), sum(s.n80), sum(s.n85), sum(s.nothing),
			sum(s.local), sum(s.province), sum(s.answered),
			sum(s.said_yes), sum(s.computable),
			sum(s.computed_yes), sum(s.by_declared),
			sum(s.by_employer), sum(s.by_document),
			sum(s.by_insurance)
		from sums s
		group by s.consortium_id, s.proof, s.year, grouping sets (
			(s.school_id, s.specialty_code), (s.sex), (s.month))
		order by 1, 2, 3, 4, 5, 6, 7, 8
		on conflict (consortium_id, cut, proof, year, school_id,
			specialty_code, sex, month) do update set
			graduates = t.graduates + excluded.graduates,
			n10 = t.n10 + excluded.n10, n11 = t.n11 + excluded.n11,
			n12 = t.n12 + excluded.n12, n27 = t.n27 + excluded.n27,
			n46 = t.n46 + excluded.n46, n50 = t.n50 + excluded.n50,
			n51 = t.n51 + excluded.n51, n70 = t.n70 + excluded.n70,
			n71 = t.n71 + excluded.n71, n72 = t.n72 + excluded.n72,
			n75 = t.n75 + excluded.n75, n76 = t.n76 + excluded.n76,
			n80 = t.n80 + excluded.n80, n85 = t.n85 + excluded.n85,
			nothing = t.nothing + excluded.nothing,
			local = t.local + excluded.local,
			province = t.province + excluded.province,
			answered = t.answered + excluded.answered,
			said_yes = t.said_yes + excluded.said_yes,
			computable = t.computable + excluded.computable,
			computed_yes = t.computed_yes + excluded.computed_yes,
			by_declared = t.by_declared + excluded.by_declared,
			by_employer = t.by_employer + excluded.by_employer,
			by_document = t.by_document + excluded.by_document,
			by_insurance = t.by_insurance + excluded.by_insurance
		returning 1
	)
	select count(*) from gone;
end;

-- What there is already.
insert into graduate_total
select s.consortium_id, case when grouping(s.school_id) = 0 then 'place'
		when grouping(s.sex) = 0 then 'sex' else 'month' end,
	s.proof, s.year, coalesce(s.school_id,
		'00000000-0000-0000-0000-000000000000'),
	coalesce(s.specialty_code, ''), coalesce(s.sex, ''),
	coalesce(s.month, 0),
	sum(s.graduates), sum(s.n10), sum(s.n11), sum(s.n12), sum(s.n27),
	sum(s.n46), sum(s.n50), sum(s.n51), sum(s.n70), sum(s.n71), sum(s.n72),
	sum(s.n75), sum(s.n76), sum(s.n80), sum(s.n85), sum(s.nothing),
	sum(s.local), sum(s.province), sum(s.answered), sum(s.said_yes),
	sum(s.computable), sum(s.computed_yes), sum(s.by_declared),
	sum(s.by_employer), sum(s.by_document), sum(s.by_insurance)
from graduate_sum s
group by s.consortium_id, s.proof, s.year, grouping sets (
	(s.school_id, s.specialty_code), (s.sex), (s.month));

-- What is counted of whom, by what is asked for (schema/queries/
-- employment_groups.sql). Planned for what is asked: it matters much which
-- parts of the question are empty, and how many years there are.
create function employment_groups(
	p_consortium uuid, p_owner uuid, p_first integer, p_last integer,
	p_month integer, p_school uuid, p_specialty text, p_level text,
	p_sex text, p_division text, p_proof integer, p_at timestamptz,
	p_by text[], p_cut text
) returns table (
	school_id uuid, district text, level text, specialty text, sex text,
	month smallint, year smallint,
	graduates bigint, n10 bigint, n11 bigint, n12 bigint, n27 bigint,
	n46 bigint, n50 bigint, n51 bigint, n70 bigint, n71 bigint, n72 bigint,
	n75 bigint, n76 bigint, n80 bigint, n85 bigint, nothing bigint,
	local bigint, province bigint, answered bigint, said_yes bigint,
	computable bigint, computed_yes bigint, by_declared bigint,
	by_employer bigint, by_document bigint, by_insurance bigint
) language plpgsql stable set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	digits integer := case when 'specialty' = any(p_by) then 6
		when 'class' = any(p_by) then 4
		when 'category' = any(p_by) then 2 end;
	epoch timestamptz := graduate_epoch_at(p_consortium, p_at);
	years smallint[] := graduate_years_at(p_consortium, epoch, p_first,
		p_last);
begin
	return query
	select case when 'school' = any(p_by) then g.school_id end,
		case when 'district' = any(p_by) then h.division_code end,
		case when 'level' = any(p_by)
			then specialty_level(g.specialty_code) end,
		left(g.specialty_code, digits),
		case when 'sex' = any(p_by) then g.sex end,
		case when 'month' = any(p_by) then g.month end,
		case when 'year' = any(p_by) then g.year end,
		sum(g.graduates), sum(g.n10), sum(g.n11), sum(g.n12),
		sum(g.n27), sum(g.n46), sum(g.n50), sum(g.n51), sum(g.n70),
		sum(g.n71), sum(g.n72), sum(g.n75), sum(g.n76), sum(g.n80),
		sum(g.n85), sum(g.nothing), sum(g.local), sum(g.province),
		sum(g.answered), sum(g.said_yes), sum(g.computable),
		sum(g.computed_yes), sum(g.by_declared), sum(g.by_employer),
		sum(g.by_document), sum(g.by_insurance)
	from employment_counts(p_consortium, p_owner, p_first, p_last,
		p_proof, p_at, epoch, years, p_cut) g
	left join school h
		on h.consortium_id = p_consortium and h.id = g.school_id
	where (p_month is null or g.month = p_month)
		and (p_school is null or g.school_id = p_school)
		and (p_specialty is null or left(g.specialty_code,
			length(p_specialty)) = p_specialty)
		and (p_level is null
			or specialty_level(g.specialty_code) = p_level)
		and (p_sex is null or g.sex = p_sex)
		and (p_division is null or h.division_code = p_division)
	group by 1, 2, 3, 4, 5, 6, 7
	having sum(g.graduates) > 0;
end;
$$;

-- The smallest parts of the cohorts: of each year, and school if the cut has
-- schools, what they are of (specialty, sex or month) and how many they are,
-- "660301 37 660302 12"; one may come more than once: they are summed.
create function employment_parts(
	p_consortium uuid, p_first integer, p_last integer, p_at timestamptz,
	p_cut text
) returns table (year smallint, school_id uuid, parts text)
language plpgsql stable set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	epoch timestamptz := graduate_epoch_at(p_consortium, p_at);
	years smallint[] := graduate_years_at(p_consortium, epoch, p_first,
		p_last);
begin
	return query
	with part as (
		select t.year, t.school_id, t.specialty_code, t.sex, t.month,
			t.graduates
		from graduate_total t
		where p_at is null and t.consortium_id = p_consortium
			and t.cut = p_cut and t.proof = 0
			and t.year between p_first and p_last
		union all
		select c.year, c.school_id, c.specialty_code, c.sex, c.month,
			c.n
		from graduate_count c
		where p_at is null and c.consortium_id = p_consortium
			and c.year between p_first and p_last
		union all
		select p.year, p.school_id, p.specialty_code, p.sex, p.month,
			p.graduates
		from graduate_past p
		where p_at is not null and p.consortium_id = p_consortium
			and p.cut = p_cut and p.proof = 0
			and p.year = any (years)
			and p.from_at <= epoch and p.to_at > epoch
		union all
		select g.year, g.school_id, g.specialty_code, g.sex, g.month,
			g.n
		from graduate_changes(p_consortium, epoch, p_at) g
		where p_at is not null
			and g.year between p_first and p_last
	)
	select p.year, case p_cut when 'place' then p.school_id end,
		string_agg(case p_cut when 'place' then p.specialty_code
			when 'sex' then p.sex else p.month::text end
			|| ' ' || p.graduates, ' ')
	from part p
	where p.graduates <> 0
	group by 1, 2;
end;
$$;
