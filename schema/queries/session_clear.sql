-- Forgets sessions that ran out so long ago, in whatever consortium, the oldest
-- first: how many.
-- $1 how many at most, $2 days since
with due as (
	select consortium_id, id from session
	where expires_at <= now() - make_interval(days => $2::int)
	order by expires_at
	limit $1::bigint
	for update skip locked
), cleared as (
	delete from session s using due d
	where s.consortium_id = d.consortium_id and s.id = d.id
	returning 1
)
select count(*) from cleared
