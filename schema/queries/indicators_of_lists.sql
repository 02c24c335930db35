-- The indicators (records/indicators.def) of the editions of the three lists
-- that stood at the end of a period and of the one before: id, numerators and
-- denominators, null where none stood.
-- $1 consortium, $2 edition, $3 edition before, each or null
with counted as (
	select t.side, e.*, a.*
	from (values (0, $2::uuid), (1, $3::uuid)) as t (side, list_id)
	left join lateral (
		select count(*) as examined,
			count(*) filter (where x.outcome = 'strengthen')
				as strengthen,
			count(*) filter (where x.outcome = 'upgrade')
				as upgrade,
			count(*) filter (where x.outcome = 'restrict')
				as restrict,
			count(*) filter (where x.outcome = 'too-few')
				as too_few,
			count(*) filter (where x.is_departed) as departed,
			count(*) filter (where x.outcome <> x.before)
				as changed
		from (select coalesce(s.decided_outcome, s.outcome) as outcome,
				s.decided_outcome is not null as is_departed,
				specialty_outcome_before(s.consortium_id,
					s.list_id, s.specialty_code, null)
					as before
			from specialty_entry s
			where s.consortium_id = $1::uuid
				and s.list_id = t.list_id
				and s.school_id is null) x
		having t.list_id is not null) e on true
	left join lateral (
		select count(*) filter (where s.state = 'upheld') as upheld,
			count(s.answer) as answered
		from specialty_appeal s
		where s.consortium_id = $1::uuid and s.list_id = t.list_id
			and s.asks is not null
		having t.list_id is not null) a on true
)
select i.id,
	max(i.n) filter (where c.side = 0), max(i.d) filter (where c.side = 0),
	max(i.n) filter (where c.side = 1), max(i.d) filter (where c.side = 1)
from counted c
cross join lateral (values
	('specialties-examined', c.examined, null),
	('specialties-strengthen', c.strengthen, null),
	('specialties-upgrade', c.upgrade, null),
	('specialties-restrict', c.restrict, null),
	('specialties-too-few', c.too_few, null),
	('specialties-departed', c.departed, null),
	('specialties-changed', c.changed, null),
	('specialty-appeals-upheld', c.upheld, c.answered)) as i (id, n, d)
group by i.id
