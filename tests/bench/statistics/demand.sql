-- Who entered, as the trigger of students counts it.
insert into entrant_count (consortium_id, year, school_id, specialty_code,
	entrants, students)
select consortium_id, entry_year, school_id, specialty_code, count(*),
	count(*) filter (where state <> 'left')
from student where consortium_id = $home
group by 1, 2, 3, 4;

-- Ten thousand postings, published with the triggers on: each names two
-- specialties, or a class.
insert into posting (consortium_id, id, enterprise_id, kind, title, openings,
	targets, division_code, pay_min_fen, pay_max_fen, period_start,
	period_end)
select $home, gen_random_uuid(), e.id, case when n % 2 = 0 then 'internship'
		else 'job' end, '岗位 ' || n, 1 + n % 9,
	case when n % 3 = 0 then array[left(a.specialty_code, 4)]
		else array[a.specialty_code, b.specialty_code] end,
	e.division_code, 200000 + n % 50 * 1000, 300000 + n % 50 * 1000,
	case when n % 2 = 0 then current_date + 100 end,
	case when n % 2 = 0 then current_date + 250 end
from generate_series(1, 10000) n
join (select id, division_code, row_number() over (order by id) as k
	from enterprise where consortium_id = $home) e on e.k = 1 + n % 3000
join (select specialty_code, row_number() over (order by school_id,
	specialty_code) as k from program) a on a.k = 1 + n % 900
join (select specialty_code, row_number() over (order by specialty_code,
	school_id) as k from program) b on b.k = 1 + n % 800
where a.specialty_code <> b.specialty_code;
update posting set state = 'published', actor = id, reason = 'bench',
	closes_at = now() + interval '90 days'
where consortium_id = $home;

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
