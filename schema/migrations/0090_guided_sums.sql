-- Where graduates went and what they earn, for guidance (docs/guidance.md),
-- kept as the counts of follow-ups are (0086): the transaction that changes a
-- student or a destination adds one change less and one more, and a worker puts
-- them together.

-- What each graduate counts as now. place: of those in work, as in
-- graduate_fact; pay: which of the pay bands, the lowest 1; null: not said.
create table guided_fact (
	consortium_id uuid not null,
	student_id uuid not null,
	year smallint not null,
	school_id uuid not null,
	specialty_code text not null,
	code text not null,
	place smallint,
	industry_code text,
	occupation_code text,
	pay smallint,
	primary key (consortium_id, student_id)
);

-- Changes of how many count alike, +1 and -1.
create table guided_count (
	consortium_id uuid not null,
	year smallint not null,
	school_id uuid not null,
	specialty_code text not null,
	code text not null,
	place smallint,
	industry_code text,
	occupation_code text,
	pay smallint,
	n integer not null,
	id bigint generated always as identity (cache 32),
	primary key (consortium_id, id)
);

-- The same, put together: of each year and specialty how many have what the cut
-- tells apart. Of `pay` the schools are told apart, too; nil in the others.
create table guided_sum (
	consortium_id uuid not null,
	cut text not null check (cut in ('code', 'place', 'industry',
		'occupation', 'pay')),
	year smallint not null,
	specialty_code text not null,
	school_id uuid not null,
	word text not null,
	n integer not null,
	primary key (consortium_id, cut, year, specialty_code, school_id, word)
);

-- The pay bands in their order, and where one stands in it, the lowest 1.
create function pay_bands() returns text[]
language sql immutable parallel safe
return array['below_2000', 'below_4000', 'below_6000', 'below_8000',
	'below_10000', 'from_10000'];

create or replace function pay_band_of(place integer) returns text
language sql immutable parallel safe
return (pay_bands())[place];

create function pay_band_place(band text) returns smallint
language sql immutable parallel safe
return array_position(pay_bands(), band)::smallint;

-- What a graduate counts as now; no row: he is of no cohort.
create function guided_facts(p_consortium uuid, p_student uuid)
returns setof guided_fact
language sql stable as $$
	select g.consortium_id, g.student_id, g.year, g.school_id,
		g.specialty_code, g.code,
		case when k.counts_as_employed then g.place end,
		case when k.counts_as_employed then d.industry_code end,
		case when k.counts_as_employed then d.occupation_code end,
		pay_band_place(d.pay_band)
	from graduate_fact g
	left join graduate_destination d on d.consortium_id = g.consortium_id
		and d.id = g.student_id and g.code <> 'none'
	left join destination k on k.code = g.code
	where g.consortium_id = p_consortium and g.student_id = p_student
		and g.to_at = 'infinity';
$$;

create function guided_counted(f guided_fact, p_n integer) returns void
language sql as $$
	insert into guided_count (consortium_id, year, school_id,
		specialty_code, code, place, industry_code, occupation_code,
		pay, n)
	values (f.consortium_id, f.year, f.school_id, f.specialty_code, f.code,
		f.place, f.industry_code, f.occupation_code, f.pay, p_n);
$$;

-- Writes what changed, of a student whose row the caller has locked and whose
-- graduate_fact is as it is to be.
create function guided_follow(p_consortium uuid, p_student uuid) returns void
language plpgsql as $$
declare
	was guided_fact;
	is_now guided_fact;
begin
	select * into was from guided_fact f
	where f.consortium_id = p_consortium and f.student_id = p_student;
	select * into is_now from guided_facts(p_consortium, p_student);
	if is_now is not distinct from was then
		return;
	end if;
	if was.student_id is not null then
		perform guided_counted(was, -1);
		delete from guided_fact f
		where f.consortium_id = p_consortium
			and f.student_id = p_student;
	end if;
	if is_now.student_id is not null then
		perform guided_counted(is_now, 1);
		insert into guided_fact select (is_now).*;
	end if;
end;
$$;

-- As in 0086, and guidance.
create or replace function student_counted() returns trigger
language plpgsql as $$
begin
	perform graduate_follow(new.consortium_id, new.id);
	perform follow_up_follow(new.consortium_id, new.id);
	perform guided_follow(new.consortium_id, new.id);
	return null;
end;
$$;

create or replace function destination_counted() returns trigger
language plpgsql as $$
begin
	perform 1 from student s
	where s.consortium_id = new.consortium_id and s.id = new.id
	for no key update;
	perform graduate_follow(new.consortium_id, new.id);
	perform follow_up_follow(new.consortium_id, new.id);
	perform guided_follow(new.consortium_id, new.id);
	return null;
end;
$$;

-- In which rows of guided_sum graduates who are alike are counted.
create function guided_cells(
	p_school uuid, p_code text, p_place smallint, p_industry text,
	p_occupation text, p_pay smallint
) returns table (cut text, school_id uuid, word text)
language sql immutable parallel safe
begin atomic
	select v.cut, case v.cut when 'pay' then p_school
		else '00000000-0000-0000-0000-000000000000'::uuid end, v.word
	from (values ('code', p_code), ('place', p_place::text),
		('industry', p_industry), ('occupation', p_occupation),
		('pay', p_pay::text)) v (cut, word)
	where v.word is not null;
end;

-- Puts changes together; how many it took.
create function fold_guided_counts(p_most integer) returns bigint
language sql
begin atomic
	with taken as materialized (
		select x.ctid as at from guided_count x limit p_most
		for update skip locked
	), gone as (
		delete from guided_count c
		where c.ctid = any (array(select at from taken))
		returning c.*
	), folded as (
		insert into guided_sum as t
		select g.consortium_id, c.cut, g.year, g.specialty_code,
			c.school_id, c.word, sum(g.n)
		from gone g
		cross join lateral guided_cells(g.school_id, g.code, g.place,
			g.industry_code, g.occupation_code, g.pay) c
		group by 1, 2, 3, 4, 5, 6
		having sum(g.n) <> 0
		order by 1, 2, 3, 4, 5, 6
		on conflict (consortium_id, cut, year, specialty_code,
			school_id, word) do update set n = t.n + excluded.n
		returning 1
	)
	select count(*) from gone;
end;

-- The sums of some cuts and what is not in them yet, of the years asked for and
-- of the specialties whose code begins so; the same may come more than once:
-- they are summed.
create function guided_counts(
	p_consortium uuid, p_first integer, p_last integer, p_begins text,
	p_cuts text[]
) returns table (
	cut text, year smallint, specialty_code text, school_id uuid, word text,
	n integer
) language sql stable as $$
	select t.cut, t.year, t.specialty_code, t.school_id, t.word, t.n
	from guided_sum t
	where t.consortium_id = p_consortium and t.cut = any (p_cuts)
		and t.year between p_first and p_last
		and t.specialty_code between rpad(p_begins, 6, '0')
			and rpad(p_begins, 6, '9')
	union all
	select x.cut, c.year, c.specialty_code, x.school_id, x.word, c.n
	from guided_count c
	cross join lateral guided_cells(c.school_id, c.code, c.place,
		c.industry_code, c.occupation_code, c.pay) x
	where c.consortium_id = p_consortium and x.cut = any (p_cuts)
		and c.year between p_first and p_last
		and c.specialty_code between rpad(p_begins, 6, '0')
			and rpad(p_begins, 6, '9');
$$;

-- The last year whose cohort is there: from the first of September on, after
-- the first official day.
create function guided_last_year() returns integer
language sql stable
return extract(year from today_in_china())::integer
	- (extract(month from today_in_china()) < 9)::integer;

-- What is here already.
insert into guided_fact
select f.*
from graduate_fact g
cross join lateral guided_facts(g.consortium_id, g.student_id) f
where g.to_at = 'infinity';
insert into guided_count (consortium_id, year, school_id, specialty_code, code,
	place, industry_code, occupation_code, pay, n)
select f.consortium_id, f.year, f.school_id, f.specialty_code, f.code, f.place,
	f.industry_code, f.occupation_code, f.pay, count(*)
from guided_fact f
group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
select fold_guided_counts(2147483647);
