-- Reminds students without a list that counts, and enterprises of postings that
-- they ranked nobody for, of the round that closes first: each once. Returns how
-- many there were to remind.
-- $1 how many at most
with due as (
	select r.consortium_id, r.id, r.period_start, r.period_end, r.follows,
		p.counted_lists
	from round r
	join policy p on p.consortium_id = r.consortium_id
		and p.version = r.policy_version
	where r.state = 'open' and is_time_to_remind(r)
		and not exists (select from round_reminding m
			where m.consortium_id = r.consortium_id
				and m.round_id = r.id)
	order by r.closes_at, r.id
	limit 1
), wanted as (
	select w.* from (
		select d.consortium_id, d.id as round_id,
			case when l.student_id is null then 'list-missing'
				else 'list-uncertified' end as kind,
			s.id as student_id, null::uuid as posting_id
		from due d
		join student s on s.consortium_id = d.consortium_id
			and s.state = 'active'
			and (d.follows is null
				or s.id in (select student_id from due,
					round_students(consortium_id, id)))
			and not exists (select from placement t
				where t.consortium_id = s.consortium_id
					and t.student_id = s.id
					and t.state in ('accepted',
						'agreement_signed', 'started')
					and daterange(t.period_start,
						t.period_end, '[]')
						&& daterange(d.period_start,
							d.period_end, '[]'))
		left join wish_list l on l.consortium_id = s.consortium_id
			and l.round_id = d.id and l.student_id = s.id
		where l.student_id is null or (d.counted_lists = 'certified'
			and l.certified_at is null)
		union all
		select d.consortium_id, d.id, 'ranking-missing', null, t.id
		from due d
		join posting t on t.consortium_id = d.consortium_id
			and t.state = 'published' and t.kind = 'internship'
		join enterprise e on e.consortium_id = t.consortium_id
			and e.id = t.enterprise_id and e.state = 'verified'
		where not exists (select from posting_ranking k
			where k.consortium_id = t.consortium_id
				and k.round_id = d.id and k.posting_id = t.id)
	) as w
	where not exists (select from round_reminder m
		where m.consortium_id = w.consortium_id
			and m.round_id = w.round_id
			and (m.student_id = w.student_id
				or m.posting_id = w.posting_id))
	limit $1::bigint
), told as (
	insert into round_reminder (consortium_id, round_id, kind, student_id,
		posting_id)
	select consortium_id, round_id, kind, student_id, posting_id
	from wanted
	on conflict do nothing
), ended as (
	insert into round_reminding (consortium_id, round_id)
	select consortium_id, id from due
	where (select count(*) from wanted) < $1::bigint
	on conflict do nothing
)
select count(*) from wanted
