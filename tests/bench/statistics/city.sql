-- Students of twelve cohorts.
insert into student (consortium_id, id, school_id, student_number, name,
	specialty_code, entry_year, birth_date, sex, graduates_on, state,
	created_at)
select $home, gen_random_uuid(), p.school_id,
	y || '-' || p.specialty_code || '-' || n, '周晓', p.specialty_code,
	y - 3, make_date(y - 20, 1 + n % 12, 1 + n % 28),
	case when random() < 0.48 then 'female' else 'male' end,
	make_date(y, case when random() < 0.9 then 6 else 7 end, 30),
	case when y <= extract(year from now()) then 'graduated'
		else 'active' end,
	make_timestamptz(y - 3, 9, 1 + (p.a_year + ascii(
		p.school_id::text)) % 20, 2, 0, 0)
from generate_series(extract(year from now())::integer - 9,
	extract(year from now())::integer + 2) y
cross join program p
cross join lateral generate_series(1, p.a_year) n;

-- What there is to be drawn.
create temporary table drawn as
select s.id, s.graduates_on, s.created_at, random() as a, random() as b,
	random() as c, random() as d, (row_number() over ())::integer as n
from student s
where s.consortium_id = $home and s.graduates_on < now();

create temporary table chosen (code text, first_at float, end_at float,
	proof text);
insert into chosen values
	('10', 0.00, 0.14, 'employment_agreement'),
	('11', 0.14, 0.42, 'labour_contract'),
	('12', 0.42, 0.50, 'employer_certificate'),
	('27', 0.50, 0.51, 'project_document'),
	('46', 0.51, 0.53, 'enlistment_notice'),
	('50', 0.53, 0.54, 'project_document'),
	('51', 0.54, 0.55, 'project_document'),
	('75', 0.55, 0.57, 'business_licence'),
	('76', 0.57, 0.60, 'income_statement'),
	('80', 0.60, 0.88, 'admission_notice'),
	('85', 0.88, 0.89, 'admission_notice'),
	('70', 0.89, 0.92, null), ('71', 0.92, 0.94, null),
	('72', 0.94, 0.95, null);

create temporary table work as
select code, (row_number() over (order by code) - 1)::integer as n,
	count(*) over ()::integer as all_of_them
from occupation where char_length(code) = 10;

create temporary table trade as
select code, (row_number() over (order by code) - 1)::integer as n,
	count(*) over ()::integer as all_of_them
from industry where char_length(code) = 4;

-- One destination for nineteen of twenty, seven of ten verified.
insert into graduate_destination (consortium_id, id, code, employer_name,
	division_code, industry_code, occupation_code, started_on, pay_band,
	is_aligned, evidence_kind, evidence_sha256, acknowledged_at, confirmed_at,
	verified_at, state, created_at)
select $home, x.id, c.code,
	case when k.counts_as_employed then '企业' || x.n % 3000 end,
	case when k.counts_as_employed then (array['330102', '330106',
		'330110', '330205', '310115'])[1 + floor(x.b * 5)::integer] end,
	case when k.counts_as_employed then t.code end,
	case when k.counts_as_employed then w.code end,
	case when k.counts_as_employed then x.graduates_on + 10 end,
	case when k.counts_as_employed then (array['below_4000', 'below_6000',
		'below_8000', 'below_10000'])[1 + floor(x.d * 4)::integer] end,
	case when k.counts_as_employed then x.c > 0.4 end,
	c.proof, case when c.proof is not null then repeat('5f', 32) end,
	x.graduates_on, case when x.d < 0.2 and k.counts_as_employed
		then x.graduates_on + 30 end,
	case when x.b < 0.7 then x.graduates_on + 90 end,
	case when x.b < 0.7 then 'verified' when x.d < 0.2
		and k.counts_as_employed then 'confirmed' else 'declared' end,
	x.graduates_on
from drawn x
join chosen c on x.a >= c.first_at and x.a < c.end_at
join destination k on k.code = c.code
join work w on w.n = x.n % w.all_of_them
join trade t on t.n = x.n % 97 % t.all_of_them;

-- What each counts as now, and from when: drawn over the months after he left.
create temporary table present as
select (f).*, s.created_at,
	least(s.graduates_on - 40 + interval '75 days' * x.c + interval
		'10 hours' * x.d, now() - interval '3 days' * (1 + x.a))
		as declared_at,
	least(s.graduates_on + 60 + interval '120 days' * x.b + interval
		'10 hours' * x.a, now() - interval '1 day' * (1 + x.a))
		as proven_at,
	case when x.d > 0.85 then least(s.graduates_on + 190 + interval
		'600 days' * x.c, now() - interval '10 hours' * (1 + x.a))
		end as corrected_at
from student s
cross join lateral graduate_facts(s.consortium_id, s.id) f
left join drawn x on x.id = s.id
where s.consortium_id = $home and s.graduates_on is not null;

insert into graduate_fact
select p.consortium_id, p.student_id, t.from_at,
	coalesce(lead(t.from_at) over (partition by p.student_id
		order by t.from_at), 'infinity'), p.school_id, p.year,
	p.month, p.specialty_code, p.sex,
	case when t.step = 0 and p.code <> 'none' then 'none'
		when t.step = 2 and p.corrected_at is not null then '12'
		else p.code end,
	case when t.step = 0 then 0 when t.step = 1 then least(p.evidence, 1)
		else p.evidence end,
	case when t.step = 0 or t.step = 2 and p.corrected_at is not null
		then 0 else p.place end,
	case when t.step = 0 then 0 else p.aligned_said end,
	case when t.step = 0 then 0 else p.aligned_computed end
from present p
cross join lateral (values (0, p.created_at),
	(1, case when p.code <> 'none' then p.declared_at end),
	(2, case when p.evidence > 1 or p.corrected_at is not null
		then p.proven_at end),
	(3, p.corrected_at)) as t (step, from_at)
where t.from_at is not null
order by t.from_at;

insert into graduate_count (consortium_id, school_id, year, month,
	specialty_code, sex, code, evidence, place, aligned_said,
	aligned_computed, n)
select consortium_id, school_id, year, month, specialty_code, sex, code,
	evidence, place, aligned_said, aligned_computed, count(*)
from graduate_fact
where consortium_id = $home and to_at = 'infinity'
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11;
