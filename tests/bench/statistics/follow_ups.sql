-- Of those whom a follow-up has come to, from six in ten after half a year to
-- four in ten after two years say where they are; some only the school says.
-- Two of three of those who worked are where they were.
insert into follow_up (consortium_id, id, months, code, employer_name,
	division_code, occupation_code, pay_band, is_aligned, acknowledged_at,
	created_at)
select $home, d.id, x.months,
	case when x.is_work then coalesce(w.code, '12')
		when k.counts_as_employed then '70' else d.code end,
	case when not x.is_work then null
		when x.c < 0.65 and d.employer_name is not null
		then d.employer_name else '企业' || x.n % 3000 end,
	case when not x.is_work then null
		when x.c < 0.8 and d.division_code is not null
		then d.division_code else '310115' end,
	case when x.is_work then d.occupation_code end,
	case when x.is_work then 'below_8000' end,
	case when x.is_work and x.n % 5 > 0 then x.a > 0.3 end,
	case when x.d > 0.05 then x.due_on end, x.due_on
from (select s.id, m.months, follow_up_due_on(s.graduates_on, m.months)
		as due_on, random() as a, random() as b, random() as c,
		random() as d, (random() * 1000000)::integer as n
	from student s
	cross join unnest(array[6, 12, 18, 24]) m (months)
	where s.consortium_id = $home and s.state = 'graduated'
		and follow_up_due_on(s.graduates_on, m.months) <= now()) r
join graduate_destination d on d.consortium_id = $home and d.id = r.id
join destination k on k.code = d.code
cross join lateral (select r.*, r.a < case when k.counts_as_employed
	then 0.9 else 0.012 * r.months end as is_work) x
left join destination w on w.code = d.code and w.counts_as_employed
where r.b < 0.68 - r.months * 0.0125
order by d.id;
