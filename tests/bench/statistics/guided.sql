-- What the transactions that write destinations add, for guidance.
insert into guided_fact
select f.*
from graduate_fact g
cross join lateral guided_facts(g.consortium_id, g.student_id) f
where g.consortium_id = $home and g.to_at = 'infinity';
insert into guided_count (consortium_id, year, school_id, specialty_code, code,
	place, industry_code, occupation_code, pay, n)
select f.consortium_id, f.year, f.school_id, f.specialty_code, f.code, f.place,
	f.industry_code, f.occupation_code, f.pay, count(*)
from guided_fact f
where f.consortium_id = $home
group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
