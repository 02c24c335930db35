-- Who entered, as the trigger of students counts it.
insert into entrant_count (consortium_id, year, school_id, specialty_code,
	entrants, students)
select consortium_id, entry_year, school_id, specialty_code, count(*),
	count(*) filter (where state <> 'left')
from student where consortium_id = $home
group by 1, 2, 3, 4;

-- A hundred thousand postings of ten years; those of the present one are open.
-- Each names two specialties, or a class.
create temporary table ordered as
select specialty_code as code, (row_number() over (order by school_id,
		specialty_code) - 1)::integer as k,
	count(*) over ()::integer as all_of_them
from program;
set session_replication_role = replica;
insert into posting (consortium_id, id, enterprise_id, kind, title, openings,
	targets, division_code, pay_min_fen, pay_max_fen, period_start,
	period_end, state, published_at, first_published_at, closes_at)
select $home, gen_random_uuid(), e.id, x.kind, '岗位 ' || n, 1 + n % 9,
	case when n % 3 = 0 or a.code = b.code then array[left(a.code, 4)]
		else array[a.code, b.code] end,
	e.division_code, x.pay, x.pay + 100000,
	case when x.kind = 'internship' then x.at::date + 100 end,
	case when x.kind = 'internship' then x.at::date + 250 end,
	case when n % 10 = 0 then 'published' else 'closed' end, x.at, x.at,
	x.at + interval '90 days'
from generate_series(1, 100000) n
cross join lateral (select now() - make_interval(years => n % 10)
		- make_interval(days => n % 60) as at,
	case when n % 20 < 10 then 'internship' else 'job' end as kind,
	200000 + n * 37 % 400000 as pay) x
join (select id, division_code, row_number() over (order by id) as k
	from enterprise where consortium_id = $home) e on e.k = 1 + n % 3000
join ordered a on a.k = n % a.all_of_them
join ordered b on b.k = n * 7 % b.all_of_them
order by x.at;
set session_replication_role = default;
select demand_changed('{}', array(select demand_of_posting(p, null)))
from posting p where p.consortium_id = $home;
select ask_posting(p, array(select demand_of_posting(p, null)))
from posting p where p.consortium_id = $home
order by p.first_published_at;

-- What graduates took of them, and interns.
insert into filled_seat (consortium_id, id, year, kind, school_id,
	specialty_code, days)
select $home, gen_random_uuid(), extract(year from s.graduates_on), x.kind,
	s.school_id, s.specialty_code, floor(random() * 200)
from student s
cross join (values ('job'), ('internship')) as x (kind)
where s.consortium_id = $home and s.state = 'graduated'
	and random() < 0.235
order by s.graduates_on;

-- Lists of demand of a thousand enterprises for each year.
insert into demand_list (consortium_id, enterprise_id, year, updated_by)
select $home, e.id, y, e.id
from (select id from enterprise where consortium_id = $home limit 1000) e
cross join generate_series(extract(year from now())::integer - 9,
	extract(year from now())::integer + 1) y;
insert into demand (consortium_id, enterprise_id, year, number,
	specialty_code, openings)
select l.consortium_id, l.enterprise_id, l.year, row_number() over (
		partition by l.enterprise_id, l.year), s.code, 1 + l.year % 7
from demand_list l
join lateral (select distinct p.specialty_code as code from (
		select specialty_code, row_number() over (order by school_id,
			specialty_code) as k from program) p
	where (p.k * 7 + ascii(right(l.enterprise_id::text, 1)) * 31
		+ ascii(right(l.enterprise_id::text, 2)) * 7) % 230 = 0) s
	on true
where l.consortium_id = $home;
