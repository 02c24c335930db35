-- When students left. Who leaves of a cohort, and how long before its end, is
-- what the forecast of supply is made from (docs/forecasts.md).

-- Who left, and is not back. year: in which he would have graduated.
create table student_leaving (
	consortium_id uuid not null,
	student_id uuid not null,
	school_id uuid not null,
	specialty_code text not null,
	year smallint not null,
	at timestamptz not null,
	primary key (consortium_id, student_id)
);
create index student_leaving_by_year on student_leaving
	(consortium_id, year);

-- AFTER a student's move. Who was entered as one who had left is no loss that
-- was seen.
create function student_leaves() returns trigger
language plpgsql as $$
begin
	delete from student_leaving
	where consortium_id = new.consortium_id and student_id = new.id;
	if new.state = 'left' and new.graduates_on is not null then
		insert into student_leaving (consortium_id, student_id,
			school_id, specialty_code, year, at)
		values (new.consortium_id, new.id, new.school_id,
			new.specialty_code,
			extract(year from new.graduates_on), now());
	end if;
	return null;
end;
$$;

create trigger leaves after update on student
	for each row when (old.state is distinct from new.state)
	execute function student_leaves();

insert into student_leaving (consortium_id, student_id, school_id,
	specialty_code, year, at)
select s.consortium_id, s.id, s.school_id, s.specialty_code,
	extract(year from s.graduates_on), e.at
from student s
cross join lateral (select max(x.at) as at from event x
	where x.consortium_id = s.consortium_id and x.subject_id = s.id
		and x.machine = 'student' and x.to_state = 'left') e
where s.state = 'left' and s.graduates_on is not null and e.at is not null;

-- The first of the cohorts that are still to graduate: from 1 September on
-- that of the year to come.
create function next_cohort() returns integer
language sql stable
return extract(year from (now() at time zone 'Asia/Shanghai')
	+ interval '4 months')::integer;

-- The years in which a consortium's demand was counted to their end and could
-- be forecast from: at most twelve before the next cohort's.
create function demand_years(p_consortium uuid)
returns table (first integer, last integer)
language sql stable
begin atomic
	select case when y.year is not null
		then greatest(next_cohort() - 12, y.year) end,
		extract(year from today_in_china())::integer - 1
	from (
		select min(s.year)::integer as year
		from (
			select t.year from demand_sum t
			where t.consortium_id = p_consortium
				and t.source in ('job', 'apprenticeship',
					'order_class')
			union all
			select c.year from demand_count c
			where c.consortium_id = p_consortium
				and c.source in ('job', 'apprenticeship',
					'order_class')
		) s
	) y;
end;
