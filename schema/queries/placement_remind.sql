-- Reminds students, and their schools, of proposals that are soon to be
-- answered, in whatever consortium: how many were looked at. Each once; of
-- what is answered already nobody is reminded.
-- $1 how many at most
with due as (
	select consortium_id, placement_id from placement_reminder
	where remind_at <= now()
	order by remind_at
	limit $1::bigint
	for update skip locked
), gone as (
	delete from placement_reminder r
	using due d
	where r.consortium_id = d.consortium_id
		and r.placement_id = d.placement_id
	returning r.consortium_id, r.placement_id
), asked as (
	select p.consortium_id, p.id, p.student_id, p.decide_by
	from gone g
	join placement p on p.consortium_id = g.consortium_id
		and p.id = g.placement_id
	where p.state = 'proposed' and p.decide_by > now()
), told as (
	insert into placement_notice (consortium_id, placement_id, about, party)
	select a.consortium_id, a.id, 'answer-due', n.party
	from asked a
	cross join (values ('student'), ('school')) as n (party)
), said as (
	insert into change (consortium_id, topic, subject_id, kind, actor,
		payload)
	select consortium_id, 'reminder', id, 'answer-due',
		'00000000-0000-0000-0000-000000000000', jsonb_build_object(
			'student_id', student_id, 'decide_by', decide_by)
	from asked
), woken as (
	select pg_notify('duikou_change', c.consortium_id::text)
	from (select distinct consortium_id from asked) c
)
select count(*), (select count(*) from woken) from gone
