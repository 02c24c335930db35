-- The indicators (records/indicators.def) of who takes part, what enterprises
-- ask for, complaints, reasons and rounds: id, numerator and denominator of a
-- period and of the one before.
-- $1 consortium, $2 first and $3 last day, $4 first and $5 last day before
with period (side, begins, ends, year) as (
	select x.side, china_midnight(x.first_day),
		china_midnight(x.last_day + 1),
		extract(year from x.last_day)::integer
	from (values (0, $2::date, $3::date), (1, $4::date, $5::date))
		as x (side, first_day, last_day)
), counted as (
	select t.side, (select count(*) from school s
			where s.consortium_id = $1::uuid
				and s.created_at < t.ends) as schools,
		e.enterprises, e.listed,
		(select coalesce(sum(d.openings), 0) from demand d
			where d.consortium_id = $1::uuid and d.year = t.year)
			as demanded,
		c.complaints, c.answered,
		(select count(*) from rule_reason r
			where r.consortium_id = $1::uuid
				and r.created_at >= t.begins
				and r.created_at < t.ends) as reasons,
		p.rounds, p.verified
	from period t
	cross join lateral (select count(*) as enterprises,
			count(l.year) as listed
		from enterprises_verified_at($1::uuid, t.ends) as v (id)
		left join demand_list l on l.consortium_id = $1::uuid
			and l.enterprise_id = v.id and l.year = t.year) e
	cross join lateral (select count(*) as complaints,
			count(*) filter (where k.state <> 'open') as answered
		from complaint k
		where k.consortium_id = $1::uuid and k.created_at >= t.begins
			and k.created_at < t.ends) c
	cross join lateral (select count(*) as rounds,
			count(*) filter (where u.is_verified) as verified
		from publication b
		join run u on u.consortium_id = b.consortium_id
			and u.id = b.run_id
		where b.consortium_id = $1::uuid and b.number = 1
			and b.published_at >= t.begins
			and b.published_at < t.ends) p
)
select i.id,
	max(i.n) filter (where c.side = 0), max(i.d) filter (where c.side = 0),
	max(i.n) filter (where c.side = 1), max(i.d) filter (where c.side = 1)
from counted c
cross join lateral (values
	('schools', c.schools, null),
	('enterprises', c.enterprises, null),
	('demand-lists', c.listed, c.enterprises),
	('demand-openings', c.demanded, null),
	('rounds-verified', c.verified, c.rounds),
	('complaints-made', c.complaints, null),
	('complaints-answered', c.answered, c.complaints),
	('reasons-recorded', c.reasons, null)) as i (id, n, d)
group by i.id
