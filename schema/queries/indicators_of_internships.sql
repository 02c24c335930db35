-- The indicators (records/indicators.def) of the internships that began: id,
-- numerator and denominator of a period and of the one before.
-- $1 consortium, $2 first and $3 last day, $4 first and $5 last day before
with counted as (
	select t.side, count(s.id) as n, count(s.tier) as with_posting,
		count(*) filter (where s.tier = 1) as same,
		count(*) filter (where s.tier <= 3) as class,
		count(*) filter (where s.tier <= 4) as category,
		count(*) filter (where not 'agreement' = any(s.broken))
			as agreed,
		count(*) filter (where s.broken <> '{}') as broken
	from (values (0, $2::date, $3::date), (1, $4::date, $5::date))
		as t (side, first_day, last_day)
	left join internship_start s on s.consortium_id = $1::uuid
		and s.started_on between t.first_day and t.last_day
	group by t.side
)
select i.id,
	max(i.n) filter (where c.side = 0), max(i.d) filter (where c.side = 0),
	max(i.n) filter (where c.side = 1), max(i.d) filter (where c.side = 1)
from counted c
cross join lateral (values
	('internships-started', c.n, null),
	('aligned-specialty', c.same, c.with_posting),
	('aligned-class', c.class, c.with_posting),
	('aligned-category', c.category, c.with_posting),
	('agreements-before-start', c.agreed, c.n),
	('internships-against-rules', c.broken, null)) as i (id, n, d)
group by i.id
