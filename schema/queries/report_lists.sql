-- What an edition of the three lists has on them, of all schools, as
-- endpoints/report_lists.c reads it: its name, year and the day of its
-- publication; the list (`strengthen`, `upgrade`, `restrict`), how many are on
-- it, and of those with the most graduates the name, the level, whether that was
-- decided otherwise than the rule found, graduates, and what the evidence says.
-- A row without a list if there is none on any.
-- $1 consortium, $2 edition or null, $3 how many of a list
select l.name, l.year, (l.published_at at time zone 'Asia/Shanghai')::date,
	e.outcome, e.all_of_it, coalesce(n.name, e.specialty_code), e.level,
	e.is_departed, e.graduates, e.measures #>> '{placed,rate}',
	e.measures #>> '{placed,value}', e.measures #>> '{study,rate}',
	e.measures #>> '{aligned,rate}', e.measures #>> '{demand,value}'
from specialty_list l
left join lateral (
	select x.*, count(*) over (partition by x.outcome) as all_of_it,
		row_number() over (partition by x.outcome
			order by x.graduates desc, x.specialty_code) as place
	from (select coalesce(s.decided_outcome, s.outcome) as outcome,
			s.specialty_code, s.level, s.graduates,
			s.decided_outcome is not null as is_departed,
			s.evidence -> 'measures' as measures
		from specialty_entry s
		where s.consortium_id = l.consortium_id and s.list_id = l.id
			and s.school_id is null) x
	where x.outcome in ('strengthen', 'upgrade', 'restrict')) e
	on e.place <= $3::bigint
left join specialty_node n on n.code = e.specialty_code
where l.consortium_id = $1::uuid and l.id = $2::uuid
order by e.outcome, e.place
