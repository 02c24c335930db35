-- The indicators (records/indicators.def) of what was published: its id,
-- numerator and denominator of a period and of the one before.
-- $1 consortium, $2 first and $3 last day, $4 first and $5 last day before
with counted as (
	select t.side, c.*
	from (values (0, china_midnight($2::date),
			china_midnight($3::date + 1)),
		(1, china_midnight($4::date), china_midnight($5::date + 1)))
		as t (side, begins, ends)
	cross join lateral (select count(*) as n,
			count(*) filter (where p.kind = 'internship')
				as internship,
			count(*) filter (where p.kind = 'job') as job,
			count(*) filter (where p.kind = 'order_class')
				as order_class,
			count(*) filter (where p.kind = 'apprenticeship')
				as apprenticeship,
			coalesce(sum(p.openings), 0) as openings,
			coalesce(sum(p.openings) filter (
				where p.kind = 'internship'), 0)
				as intern_seats,
			coalesce(sum(p.openings) filter (
				where p.kind = 'order_class'), 0)
				as class_seats,
			coalesce(sum(p.openings) filter (
				where p.kind = 'apprenticeship'), 0)
				as apprentices,
			greatest(0, floor(extract(epoch
				from percentile_disc(0.5) within group (
					order by p.first_published_at
						- p.created_at))
				/ 60))::bigint as minutes
		from posting p
		where p.consortium_id = $1::uuid
			and p.first_published_at >= t.begins
			and p.first_published_at < t.ends) c
)
select i.id,
	max(i.n) filter (where c.side = 0), max(i.d) filter (where c.side = 0),
	max(i.n) filter (where c.side = 1), max(i.d) filter (where c.side = 1)
from counted c
cross join lateral (values
	('postings-published', c.n, null),
	('internships-published', c.internship, null),
	('jobs-published', c.job, null),
	('openings-published', c.openings, null),
	('publication-minutes', case when c.n > 0 then c.minutes end, null),
	('internships-among-openings', c.intern_seats, c.openings),
	('order-classes', c.order_class, null),
	('order-class-seats', c.class_seats, null),
	('apprenticeships', c.apprenticeship, null),
	('apprenticeship-seats', c.apprentices, null)) as i (id, n, d)
group by i.id
