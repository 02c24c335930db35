-- What follow-ups are counted from (docs/destinations.md, "Follow-up"), kept
-- as the rates' counts are (0058, 0059, 0074): the transaction that changes a
-- student, a destination or a follow-up adds one change less and one more, and
-- a worker puts them together. What is due is not in it: the days of graduation
-- are, so that no clock changes a sum.

-- What each graduate counts as now. was, the destination as it stands: 1 works,
-- 2 works in the consortium's city. after_N, so many months later, as he says
-- himself: 1 works, 2 in the city, 4 work that fits, 8 with the employer of
-- then; null: no answer.
create table follow_up_fact (
	consortium_id uuid not null,
	student_id uuid not null,
	graduates_on date not null,
	school_id uuid not null,
	specialty_code text not null,
	sex text not null,
	was smallint not null,
	after_6 smallint,
	after_12 smallint,
	after_18 smallint,
	after_24 smallint,
	primary key (consortium_id, student_id)
);

-- Changes of how many count alike, +1 and -1.
create table follow_up_count (
	consortium_id uuid not null,
	graduates_on date not null,
	school_id uuid not null,
	specialty_code text not null,
	sex text not null,
	was smallint not null,
	after_6 smallint,
	after_12 smallint,
	after_18 smallint,
	after_24 smallint,
	n integer not null,
	id bigint generated always as identity (cache 32),
	primary key (consortium_id, id)
);

-- The same, put together. cut: what is told apart, as in graduate_total, with
-- the last day of the year; cell: school, specialty, sex and month, with the
-- day of graduation. What a cut does not tell apart is nil, '' or 0. worked and
-- were_local: of all; worked_N and were_local_N: of those who answered; still_N
-- and stayed_N: who did then and does now.
create table follow_up_sum (
	consortium_id uuid not null,
	cut text not null check (cut in ('cell', 'place', 'sex', 'month')),
	school_id uuid not null,
	day date not null,
	specialty_code text not null,
	sex text not null,
	month smallint not null,
	graduates integer not null default 0,
	worked integer not null default 0,
	were_local integer not null default 0,
	answered_6 integer not null default 0,
	employed_6 integer not null default 0,
	local_6 integer not null default 0,
	fits_6 integer not null default 0,
	same_6 integer not null default 0,
	worked_6 integer not null default 0,
	still_6 integer not null default 0,
	were_local_6 integer not null default 0,
	stayed_6 integer not null default 0,
	answered_12 integer not null default 0,
	employed_12 integer not null default 0,
	local_12 integer not null default 0,
	fits_12 integer not null default 0,
	same_12 integer not null default 0,
	worked_12 integer not null default 0,
	still_12 integer not null default 0,
	were_local_12 integer not null default 0,
	stayed_12 integer not null default 0,
	answered_18 integer not null default 0,
	employed_18 integer not null default 0,
	local_18 integer not null default 0,
	fits_18 integer not null default 0,
	same_18 integer not null default 0,
	worked_18 integer not null default 0,
	still_18 integer not null default 0,
	were_local_18 integer not null default 0,
	stayed_18 integer not null default 0,
	answered_24 integer not null default 0,
	employed_24 integer not null default 0,
	local_24 integer not null default 0,
	fits_24 integer not null default 0,
	same_24 integer not null default 0,
	worked_24 integer not null default 0,
	still_24 integer not null default 0,
	were_local_24 integer not null default 0,
	stayed_24 integer not null default 0,
	primary key (consortium_id, cut, school_id, day, specialty_code, sex,
		month)
);

create function year_end(day date) returns date
language sql immutable parallel safe
return make_date(extract(year from day)::integer, 12, 31);

-- The last day of graduation whose follow-up has come: due_on is monthly and
-- clamped, so that the last day of a month is due with the last of the other.
create function follow_up_last_day(today date, months integer) returns date
language sql immutable parallel safe
return case when extract(day from today + 1) = 1
	then (today + 1 - make_interval(months => months))::date - 1
	else (today - make_interval(months => months))::date end;

-- What a graduate counts as now; no row: he is of no cohort.
create function follow_up_facts(p_consortium uuid, p_student uuid)
returns setof follow_up_fact
language sql stable as $$
	select g.consortium_id, g.student_id, s.graduates_on, g.school_id,
		g.specialty_code, g.sex, (case when w.counts_as_employed
			then 1 + 2 * (g.place = 3)::integer
			else 0 end)::smallint,
		a.after_6, a.after_12, a.after_18, a.after_24
	from graduate_fact g
	join student s on s.consortium_id = g.consortium_id
		and s.id = g.student_id
	join consortium c on c.id = g.consortium_id
	left join destination w on w.code = g.code
	left join graduate_destination d on d.consortium_id = g.consortium_id
		and d.id = g.student_id and g.code <> 'none'
	cross join lateral (
		select max(x.is_now) filter (where x.months = 6) as after_6,
			max(x.is_now) filter (where x.months = 12) as after_12,
			max(x.is_now) filter (where x.months = 18) as after_18,
			max(x.is_now) filter (where x.months = 24) as after_24
		from (
			select f.months, (case when k.counts_as_employed
				then 1 + 2 * (place_of_work(c.division_code,
						f.division_code) = 3)::integer
					+ 4 * coalesce(f.is_aligned,
						false)::integer
					+ 8 * coalesce(w.counts_as_employed
						and is_same_employer(f, d),
						false)::integer
				else 0 end)::smallint as is_now
			from follow_up f
			join destination k on k.code = f.code
			where f.consortium_id = g.consortium_id
				and f.id = g.student_id
				and f.acknowledged_at is not null) x) a
	where g.consortium_id = p_consortium and g.student_id = p_student
		and g.to_at = 'infinity';
$$;

create function follow_up_counted(f follow_up_fact, p_n integer) returns void
language sql as $$
	insert into follow_up_count (consortium_id, graduates_on, school_id,
		specialty_code, sex, was, after_6, after_12, after_18,
		after_24, n)
	values (f.consortium_id, f.graduates_on, f.school_id,
		f.specialty_code, f.sex, f.was, f.after_6, f.after_12,
		f.after_18, f.after_24, p_n);
$$;

-- Writes what changed, of a student whose row the caller has locked and whose
-- graduate_fact is as it is to be.
create function follow_up_follow(p_consortium uuid, p_student uuid)
returns void
language plpgsql as $$
declare
	was follow_up_fact;
	is_now follow_up_fact;
begin
	select * into was from follow_up_fact f
	where f.consortium_id = p_consortium and f.student_id = p_student;
	select * into is_now from follow_up_facts(p_consortium, p_student);
	if is_now is not distinct from was then
		return;
	end if;
	if was.student_id is not null then
		perform follow_up_counted(was, -1);
	end if;
	if is_now.student_id is null then
		delete from follow_up_fact f
		where f.consortium_id = p_consortium
			and f.student_id = p_student;
		return;
	end if;
	perform follow_up_counted(is_now, 1);
	insert into follow_up_fact select (is_now).*
	on conflict (consortium_id, student_id) do update set
		graduates_on = excluded.graduates_on,
		school_id = excluded.school_id,
		specialty_code = excluded.specialty_code, sex = excluded.sex,
		was = excluded.was, after_6 = excluded.after_6,
		after_12 = excluded.after_12, after_18 = excluded.after_18,
		after_24 = excluded.after_24;
end;
$$;

-- As in 0058, and the follow-ups.
create or replace function student_counted() returns trigger
language plpgsql as $$
begin
	perform graduate_follow(new.consortium_id, new.id);
	perform follow_up_follow(new.consortium_id, new.id);
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
	return null;
end;
$$;

-- AFTER INSERT, UPDATE or DELETE of a follow-up.
create function follow_up_answered() returns trigger
language plpgsql as $$
declare
	f follow_up := coalesce(new, old);
begin
	perform 1 from student s
	where s.consortium_id = f.consortium_id and s.id = f.id
	for no key update;
	perform follow_up_follow(f.consortium_id, f.id);
	return null;
end;
$$;

create trigger counted after insert or update or delete on follow_up
	for each row execute function follow_up_answered();

-- What a number of graduates who are alike add to each count.
create function follow_up_measures(
	was integer, after_6 integer, after_12 integer, after_18 integer,
	after_24 integer, n integer
) returns table (
	graduates integer, worked integer, were_local integer,
	answered_6 integer, employed_6 integer, local_6 integer, fits_6 integer,
	same_6 integer, worked_6 integer, still_6 integer, were_local_6 integer,
	stayed_6 integer, answered_12 integer, employed_12 integer,
	local_12 integer, fits_12 integer, same_12 integer, worked_12 integer,
	still_12 integer, were_local_12 integer, stayed_12 integer,
	answered_18 integer, employed_18 integer, local_18 integer,
	fits_18 integer, same_18 integer, worked_18 integer, still_18 integer,
	were_local_18 integer, stayed_18 integer, answered_24 integer,
	employed_24 integer, local_24 integer, fits_24 integer, same_24 integer,
	worked_24 integer, still_24 integer, were_local_24 integer,
	stayed_24 integer
) language sql immutable parallel safe
begin atomic
	select
		n,
		case when was & 1 > 0 then n else 0 end,
		case when was & 2 > 0 then n else 0 end,
		case when after_6 is not null then n else 0 end,
		case when after_6 & 1 > 0 then n else 0 end,
		case when after_6 & 2 > 0 then n else 0 end,
		case when after_6 & 4 > 0 then n else 0 end,
		case when after_6 & 8 > 0 then n else 0 end,
		case when after_6 is not null and was & 1 > 0 then n
			else 0 end,
		case when after_6 & was & 1 > 0 then n else 0 end,
		case when after_6 is not null and was & 2 > 0 then n
			else 0 end,
		case when after_6 & was & 2 > 0 then n else 0 end,
		case when after_12 is not null then n else 0 end,
		case when after_12 & 1 > 0 then n else 0 end,
		case when after_12 & 2 > 0 then n else 0 end,
		case when after_12 & 4 > 0 then n else 0 end,
		case when after_12 & 8 > 0 then n else 0 end,
		case when after_12 is not null and was & 1 > 0 then n
			else 0 end,
		case when after_12 & was & 1 > 0 then n else 0 end,
		case when after_12 is not null and was & 2 > 0 then n
			else 0 end,
		case when after_12 & was & 2 > 0 then n else 0 end,
		case when after_18 is not null then n else 0 end,
		case when after_18 & 1 > 0 then n else 0 end,
		case when after_18 & 2 > 0 then n else 0 end,
		case when after_18 & 4 > 0 then n else 0 end,
		case when after_18 & 8 > 0 then n else 0 end,
		case when after_18 is not null and was & 1 > 0 then n
			else 0 end,
		case when after_18 & was & 1 > 0 then n else 0 end,
		case when after_18 is not null and was & 2 > 0 then n
			else 0 end,
		case when after_18 & was & 2 > 0 then n else 0 end,
		case when after_24 is not null then n else 0 end,
		case when after_24 & 1 > 0 then n else 0 end,
		case when after_24 & 2 > 0 then n else 0 end,
		case when after_24 & 4 > 0 then n else 0 end,
		case when after_24 & 8 > 0 then n else 0 end,
		case when after_24 is not null and was & 1 > 0 then n
			else 0 end,
		case when after_24 & was & 1 > 0 then n else 0 end,
		case when after_24 is not null and was & 2 > 0 then n
			else 0 end,
		case when after_24 & was & 2 > 0 then n else 0 end;
end;

-- Puts changes together; how many it took.
create function fold_follow_up_counts(p_most integer) returns bigint
language sql
begin atomic
	with taken as materialized (
		select x.ctid as at from follow_up_count x limit p_most
		for update skip locked
	), gone as (
		delete from follow_up_count c
		where c.ctid = any (array(select at from taken))
		returning c.*
	), alike as (
		select g.consortium_id, g.graduates_on, g.school_id,
			g.specialty_code, g.sex, g.was, g.after_6, g.after_12,
			g.after_18, g.after_24, sum(g.n)::integer as n
		from gone g
		group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
		having sum(g.n) <> 0
	), told as (
		select a.*, year_end(a.graduates_on) as year_end,
			extract(month from a.graduates_on)::smallint as month
		from alike a
	), folded as (
		insert into follow_up_sum as t
		select a.consortium_id, case
				when grouping(a.graduates_on) = 0 then 'cell'
				when grouping(a.school_id) = 0 then 'place'
				when grouping(a.sex) = 0 then 'sex'
				else 'month' end,
			coalesce(a.school_id,
				'00000000-0000-0000-0000-000000000000'),
			coalesce(a.graduates_on, a.year_end),
			coalesce(a.specialty_code, ''), coalesce(a.sex, ''),
			coalesce(a.month, 0),
			sum(m.graduates), sum(m.worked), sum(m.were_local),
			sum(m.answered_6), sum(m.employed_6), sum(m.local_6),
			sum(m.fits_6), sum(m.same_6), sum(m.worked_6),
			sum(m.still_6), sum(m.were_local_6), sum(m.stayed_6),
			sum(m.answered_12), sum(m.employed_12), sum(m.local_12),
			sum(m.fits_12), sum(m.same_12), sum(m.worked_12),
			sum(m.still_12), sum(m.were_local_12), sum(m.stayed_12),
			sum(m.answered_18), sum(m.employed_18), sum(m.local_18),
			sum(m.fits_18), sum(m.same_18), sum(m.worked_18),
			sum(m.still_18), sum(m.were_local_18), sum(m.stayed_18),
			sum(m.answered_24), sum(m.employed_24), sum(m.local_24),
			sum(m.fits_24), sum(m.same_24), sum(m.worked_24),
			sum(m.still_24), sum(m.were_local_24), sum(m.stayed_24)
		from told a
		cross join lateral follow_up_measures(a.was, a.after_6,
			a.after_12, a.after_18, a.after_24, a.n) m
		group by a.consortium_id, grouping sets (
			(a.graduates_on, a.school_id, a.specialty_code, a.sex,
				a.month),
			(a.year_end, a.school_id, a.specialty_code),
			(a.year_end, a.sex), (a.year_end, a.month))
		order by 1, 2, 3, 4, 5, 6, 7
		on conflict (consortium_id, cut, school_id, day,
			specialty_code, sex, month) do update set
			graduates = t.graduates + excluded.graduates,
			worked = t.worked + excluded.worked,
			were_local = t.were_local + excluded.were_local,
			answered_6 = t.answered_6 + excluded.answered_6,
			employed_6 = t.employed_6 + excluded.employed_6,
			local_6 = t.local_6 + excluded.local_6,
			fits_6 = t.fits_6 + excluded.fits_6,
			same_6 = t.same_6 + excluded.same_6,
			worked_6 = t.worked_6 + excluded.worked_6,
			still_6 = t.still_6 + excluded.still_6,
			were_local_6 = t.were_local_6 + excluded.were_local_6,
			stayed_6 = t.stayed_6 + excluded.stayed_6,
			answered_12 = t.answered_12 + excluded.answered_12,
			employed_12 = t.employed_12 + excluded.employed_12,
			local_12 = t.local_12 + excluded.local_12,
			fits_12 = t.fits_12 + excluded.fits_12,
			same_12 = t.same_12 + excluded.same_12,
			worked_12 = t.worked_12 + excluded.worked_12,
			still_12 = t.still_12 + excluded.still_12,
			were_local_12 = t.were_local_12
				+ excluded.were_local_12,
			stayed_12 = t.stayed_12 + excluded.stayed_12,
			answered_18 = t.answered_18 + excluded.answered_18,
			employed_18 = t.employed_18 + excluded.employed_18,
			local_18 = t.local_18 + excluded.local_18,
			fits_18 = t.fits_18 + excluded.fits_18,
			same_18 = t.same_18 + excluded.same_18,
			worked_18 = t.worked_18 + excluded.worked_18,
			still_18 = t.still_18 + excluded.still_18,
			were_local_18 = t.were_local_18
				+ excluded.were_local_18,
			stayed_18 = t.stayed_18 + excluded.stayed_18,
			answered_24 = t.answered_24 + excluded.answered_24,
			employed_24 = t.employed_24 + excluded.employed_24,
			local_24 = t.local_24 + excluded.local_24,
			fits_24 = t.fits_24 + excluded.fits_24,
			same_24 = t.same_24 + excluded.same_24,
			worked_24 = t.worked_24 + excluded.worked_24,
			still_24 = t.still_24 + excluded.still_24,
			were_local_24 = t.were_local_24
				+ excluded.were_local_24,
			stayed_24 = t.stayed_24 + excluded.stayed_24
		returning 1
	)
	select count(*) from gone;
end;

-- The sums of a cut and what is not in them yet, of the years asked for, and of
-- a school if one owns; the same may come more than once: they are summed.
create function follow_up_counts(
	p_consortium uuid, p_school uuid, p_first integer, p_last integer,
	p_cut text
) returns setof follow_up_sum
language sql stable as $$
	select t.*
	from follow_up_sum t
	where t.consortium_id = p_consortium and t.cut = p_cut
		and t.day between make_date(p_first, 1, 1)
			and make_date(p_last, 12, 31)
		and (p_school is null or t.school_id = p_school)
	union all
	select c.consortium_id, p_cut, case when p_cut in ('cell', 'place')
			then c.school_id
			else '00000000-0000-0000-0000-000000000000' end,
		case when p_cut = 'cell' then c.graduates_on
			else year_end(c.graduates_on) end,
		case when p_cut in ('cell', 'place') then c.specialty_code
			else '' end,
		case when p_cut in ('cell', 'sex') then c.sex else '' end,
		case when p_cut in ('cell', 'month')
			then extract(month from c.graduates_on)::smallint
			else 0::smallint end,
		m.*
	from follow_up_count c
	cross join lateral follow_up_measures(c.was, c.after_6, c.after_12,
		c.after_18, c.after_24, c.n) m
	where c.consortium_id = p_consortium
		and c.graduates_on between make_date(p_first, 1, 1)
			and make_date(p_last, 12, 31)
		and (p_school is null or c.school_id = p_school);
$$;

-- What is here already.
insert into follow_up_fact
select f.*
from graduate_fact g
cross join lateral follow_up_facts(g.consortium_id, g.student_id) f
where g.to_at = 'infinity';
insert into follow_up_count (consortium_id, graduates_on, school_id,
	specialty_code, sex, was, after_6, after_12, after_18, after_24, n)
select f.consortium_id, f.graduates_on, f.school_id, f.specialty_code, f.sex,
	f.was, f.after_6, f.after_12, f.after_18, f.after_24, count(*)
from follow_up_fact f
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
select fold_follow_up_counts(2147483647);
