-- What an enterprise took in a period: its name, code and consortium, how many
-- internships were completed, of how many students, how many of their days lie
-- in the period, and today.
-- $1 consortium, $2 enterprise, $3 first day, $4 last day
select e.name, e.uscc, c.name, count(p.id), count(distinct p.student_id),
	coalesce(sum(least(p.ended_on, $4::date)
		- greatest(p.started_on, $3::date) + 1)
		filter (where p.id is not null), 0),
	today_in_china()
from enterprise e
join consortium c on c.id = e.consortium_id
left join placement p on p.consortium_id = e.consortium_id
	and p.enterprise_id = e.id and p.state = 'completed'
	and p.ended_on >= $3::date and p.started_on <= $4::date
where e.consortium_id = $1::uuid and e.id = $2::uuid
group by e.name, e.uscc, c.name
