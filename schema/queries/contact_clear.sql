-- Forgets telephone and identity number of students who graduated or left so
-- long ago, in whatever consortium: of how many.
-- $1 how many at most, $2 days since
with due as (
	select s.consortium_id, s.id from student s
	where s.state <> 'active'
		and (s.phone_sealed is not null
			or s.identity_sealed is not null)
		and exists (select from event e
			where e.consortium_id = s.consortium_id
				and e.subject_id = s.id
				and e.machine = 'student'
			having max(e.at)
				<= now() - make_interval(days => $2::int))
	limit $1::bigint
	for update of s skip locked
), cleared as (
	update student s set phone_sealed = null, phone_hash = null,
		identity_sealed = null, identity_hash = null,
		identity_last4 = null,
		actor = '00000000-0000-0000-0000-000000000000'
	from due d
	where s.consortium_id = d.consortium_id and s.id = d.id
	returning 1
)
select count(*) from cleared
