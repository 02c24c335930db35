-- Where every verified enterprise of a consortium stands on a day: by its rows
-- and the policy of that day, or for a past day by the entry of its ledger
-- that held at the day's end. Nobody takes two seats on one day (constraint
-- placement_one_at_a_time), so there the rows are the students.
create function quota_standings(consortium uuid, day date)
returns table (enterprise_id uuid, size_class text, floor_rule text,
	policy_version integer, floor_seats integer, cap_seats integer,
	present bigint, started bigint, committed bigint)
language sql stable
begin atomic
	select u.enterprise_id, u.size_class, u.floor_rule, p.version,
		u.floor_seats, u.cap_seats, coalesce(t.present, 0),
		coalesce(t.started, 0), coalesce(t.committed, 0)
	from policy p
	cross join lateral enterprise_quota_under(p, day) u
	join enterprise e on e.consortium_id = consortium
		and e.id = u.enterprise_id and e.state = 'verified'
	left join (select s.enterprise_id,
			count(*) filter (where s.period_start <= day)
				as present,
			count(*) filter (where s.period_start <= day
				and s.state = 'started') as started,
			count(distinct s.student_id)
				filter (where s.state <> 'started') as committed
		from seats_taken(consortium, day, 'infinity') s
		group by s.enterprise_id) t
		on t.enterprise_id = u.enterprise_id
	where p.consortium_id = consortium
		and p.version = policy_on(consortium, day)
		and day >= today_in_china()
	union all
	select h.enterprise_id, h.size_class, h.floor_rule, h.policy_version,
		h.floor_seats, h.cap_seats, h.present, h.started, h.committed
	from enterprise e
	cross join lateral (select * from quota_entry q
		where q.consortium_id = e.consortium_id
			and q.enterprise_id = e.id and q.line_id = e.id
			and q.at < (day + 1)::timestamp
				at time zone 'Asia/Shanghai'
		order by q.seq desc limit 1) h
	where e.consortium_id = consortium and e.state = 'verified'
		and day < today_in_china();
end;
