-- What the rates are counted from (docs/rules.md 4): what each graduate counts
-- as, from when to when, and how many count alike. Both are written by the
-- transaction that changes a student or a destination.

-- One row for each time that something changed; the present one has no end.
-- code: of the official list, or `none` where nothing is said or what was said
-- is denied or given back. evidence: 0 none, 1 declared, 2 employer, 3
-- document, 4 insurance record. place, of the employed: 0 not said, 1 another
-- province, 2 the province, 3 the consortium's city. aligned_said,
-- aligned_computed: 0 not known, 1 no, 2 yes.
create table graduate_fact (
	consortium_id uuid not null,
	student_id uuid not null,
	from_at timestamptz not null,
	to_at timestamptz not null default 'infinity',
	school_id uuid not null,
	year smallint not null,
	month smallint not null,
	specialty_code text not null,
	sex text not null,
	code text not null,
	evidence smallint not null,
	place smallint not null,
	aligned_said smallint not null,
	aligned_computed smallint not null,
	primary key (consortium_id, student_id, from_at),
	constraint graduate_fact_is_some_time check (from_at < to_at)
);
create index graduate_fact_by_year on graduate_fact
	(consortium_id, year, from_at);
create unique index graduate_fact_present on graduate_fact
	(consortium_id, student_id) where to_at = 'infinity';

-- Changes of counts, +1 and -1, added and never updated, so that nobody waits
-- for anybody; a worker folds them into one row a kind. The sum is the count.
create table graduate_count (
	consortium_id uuid not null,
	school_id uuid not null,
	year smallint not null,
	month smallint not null,
	specialty_code text not null,
	sex text not null,
	code text not null,
	evidence smallint not null,
	place smallint not null,
	aligned_said smallint not null,
	aligned_computed smallint not null,
	n integer not null,
	is_folded boolean not null default false,
	id bigint generated always as identity (cache 32),
	primary key (consortium_id, id)
);
create index graduate_count_by_year on graduate_count (consortium_id, year);
create index graduate_count_unfolded on graduate_count (consortium_id)
	where not is_folded;
create unique index graduate_count_folded on graduate_count
	(consortium_id, year, school_id, specialty_code, month, sex, code,
	evidence, place, aligned_said, aligned_computed) where is_folded;

-- Groups with fewer are hidden from all but their school; null: 11.
alter table policy add column small_group_least smallint
	check (small_group_least between 2 and 1000);

-- Where a workplace is, as seen from the consortium.
create function place_of_work(home text, work text) returns smallint
language sql immutable parallel safe
return case
	when work is null then 0
	-- a city that is a province: all of it
	when left(work, case when home like '__0000' then 2 else 4 end)
		= left(home, case when home like '__0000' then 2 else 4 end)
		then 3
	when left(work, 2) = left(home, 2) then 2
	else 1
end;

-- Does the specialty lead to the occupation, or one of its category? 0: there
-- is no list of such pairs.
create function alignment_of(p_specialty text, p_occupation text)
returns smallint
language sql stable
begin atomic
	select (case
		when p_occupation is null
			or not exists (select from specialty_occupation x
				where x.is_current) then 0
		when exists (select from specialty_occupation x
			where x.occupation_code = p_occupation
				and x.is_current
				and left(x.specialty_code, 2)
					= left(p_specialty, 2)) then 2
		else 1 end)::smallint;
end;

-- What a student counts as now; no row: he is of no cohort.
create function graduate_facts(p_consortium uuid, p_student uuid)
returns setof graduate_fact
language sql stable
begin atomic
	select s.consortium_id, s.id, null::timestamptz,
		'infinity'::timestamptz,
		s.school_id, extract(year from s.graduates_on)::smallint,
		extract(month from s.graduates_on)::smallint,
		s.specialty_code, coalesce(s.sex, 'unknown'),
		coalesce(d.code, 'none'),
		(case d.evidence_level when 'declared' then 1
			when 'employer' then 2 when 'document' then 3
			when 'insurance_record' then 4 else 0 end)::smallint,
		case when k.counts_as_employed then place_of_work(
			c.division_code, d.division_code) else 0::smallint end,
		(case when not k.counts_as_employed or d.is_aligned is null
			then 0 else 1 + d.is_aligned::integer end)::smallint,
		case when k.counts_as_employed then alignment_of(
			s.specialty_code, d.occupation_code)
			else 0::smallint end
	from student s
	join consortium c on c.id = s.consortium_id
	left join graduate_destination d
		on d.consortium_id = s.consortium_id and d.id = s.id
		and d.state not in ('denied', 'returned')
	left join destination k on k.code = d.code
	where s.consortium_id = p_consortium and s.id = p_student
		and s.graduates_on is not null and s.state <> 'left';
end;

create function graduate_counted(f graduate_fact, p_n integer) returns void
language sql
begin atomic
	insert into graduate_count (consortium_id, school_id, year, month,
		specialty_code, sex, code, evidence, place, aligned_said,
		aligned_computed, n)
	values (f.consortium_id, f.school_id, f.year, f.month,
		f.specialty_code, f.sex, f.code, f.evidence, f.place,
		f.aligned_said, f.aligned_computed, p_n);
end;

-- Writes what changed, of a student whose row the caller has locked.
create function graduate_follow(p_consortium uuid, p_student uuid)
returns void
language plpgsql as $$
declare
	was graduate_fact;
	is_now graduate_fact;
	moment timestamptz := destination_moment(p_consortium, false);
begin
	select * into was from graduate_fact f
	where f.consortium_id = p_consortium and f.student_id = p_student
		and f.to_at = 'infinity';
	select * into is_now from graduate_facts(p_consortium, p_student);
	is_now.from_at := was.from_at;
	if is_now is not distinct from was then
		return;
	end if;
	if was.student_id is not null then
		moment := greatest(moment,
			was.from_at + interval '1 microsecond');
		update graduate_fact f set to_at = moment
		where f.consortium_id = p_consortium
			and f.student_id = p_student and f.to_at = 'infinity';
		perform graduate_counted(was, -1);
	end if;
	if is_now.student_id is not null then
		is_now.from_at := moment;
		insert into graduate_fact select (is_now).*;
		perform graduate_counted(is_now, 1);
	end if;
end;
$$;

-- AFTER INSERT or UPDATE of a student.
create function student_counted() returns trigger
language plpgsql as $$
begin
	perform graduate_follow(new.consortium_id, new.id);
	return null;
end;
$$;

create trigger counted_new after insert on student
	for each row when (new.graduates_on is not null)
	execute function student_counted();
create trigger counted after update on student
	for each row when ((old.school_id, old.graduates_on,
		old.specialty_code, old.sex, old.state)
		is distinct from (new.school_id, new.graduates_on,
		new.specialty_code, new.sex, new.state))
	execute function student_counted();

-- AFTER INSERT or UPDATE of a destination.
create function destination_counted() returns trigger
language plpgsql as $$
begin
	perform 1 from student s
	where s.consortium_id = new.consortium_id and s.id = new.id
	for no key update;
	perform graduate_follow(new.consortium_id, new.id);
	return null;
end;
$$;

create trigger counted after insert or update on graduate_destination
	for each row execute function destination_counted();

-- AFTER a list of pairs was loaded: what is computed from it.
create function alignment_counted() returns trigger
language plpgsql as $$
declare
	d record;
begin
	for d in select x.consortium_id, x.id from graduate_destination x
			where x.occupation_code is not null
			order by x.consortium_id, x.id loop
		perform 1 from student s
		where s.consortium_id = d.consortium_id and s.id = d.id
		for no key update;
		perform graduate_follow(d.consortium_id, d.id);
	end loop;
	return null;
end;
$$;

create trigger counted after insert or update or delete
	on specialty_occupation
	for each statement execute function alignment_counted();

-- Puts changes of counts together, the oldest first; how many it took.
create function fold_graduate_counts(p_most integer) returns bigint
language sql
begin atomic
	with taken as materialized (
		select x.ctid as at from graduate_count x
		where not x.is_folded limit p_most
		for update skip locked
	), gone as (
		delete from graduate_count c
		where c.ctid = any (array(select at from taken))
			and not c.is_folded
		returning c.*
	), sums as (
		select g.consortium_id, g.school_id, g.year, g.month,
			g.specialty_code, g.sex, g.code, g.evidence, g.place,
			g.aligned_said, g.aligned_computed, sum(g.n) as n
		from gone g
		group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
		order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
	), folded as (
		insert into graduate_count as t (consortium_id, school_id,
			year, month, specialty_code, sex, code, evidence,
			place, aligned_said, aligned_computed, n, is_folded)
		select s.*, true from sums s where s.n <> 0
		on conflict (consortium_id, year, school_id, specialty_code,
			month, sex, code, evidence, place, aligned_said,
			aligned_computed) where is_folded
		do update set n = t.n + excluded.n
		returning 1
	)
	select count(*) from gone;
end;

-- Those who are here already.
insert into graduate_fact
select f.consortium_id, f.student_id, now(), f.to_at, f.school_id, f.year,
	f.month, f.specialty_code, f.sex, f.code, f.evidence, f.place,
	f.aligned_said, f.aligned_computed
from student s
cross join lateral graduate_facts(s.consortium_id, s.id) f
where s.graduates_on is not null and s.state <> 'left';

insert into graduate_count (consortium_id, school_id, year, month,
	specialty_code, sex, code, evidence, place, aligned_said,
	aligned_computed, n, is_folded)
select f.consortium_id, f.school_id, f.year, f.month, f.specialty_code, f.sex,
	f.code, f.evidence, f.place, f.aligned_said, f.aligned_computed,
	count(*), true
from graduate_fact f
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11;
