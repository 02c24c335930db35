-- The indicators (records/indicators.def) of floors and caps at the end of a
-- period and of the one before: id, numerators and denominators.
-- $1 consortium, $2 last day, $3 last day before
with counted as (
	select t.side, count(q.enterprise_id) filter (where q.floor_seats > 0)
			as owing,
		count(*) filter (where q.floor_seats > 0
			and q.present >= q.floor_seats) as met,
		coalesce(sum(q.present), 0) as present,
		count(*) filter (where q.present > q.cap_seats) as over
	from (values (0, $2::date), (1, $3::date)) as t (side, day)
	left join lateral quota_standings($1::uuid, t.day) q on true
	group by t.side
)
select i.id,
	max(i.n) filter (where c.side = 0), max(i.d) filter (where c.side = 0),
	max(i.n) filter (where c.side = 1), max(i.d) filter (where c.side = 1)
from counted c
cross join lateral (values
	('floors-met', c.met, c.owing),
	('interns-present', c.present, null),
	('enterprises-over-cap', c.over, null)) as i (id, n, d)
group by i.id
