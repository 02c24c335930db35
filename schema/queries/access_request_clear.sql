-- Forgets requests to read what is sealed of minors that were refused, or whose
-- approval was over, so long ago, in whatever consortium: how many.
-- $1 how many at most, $2 days since
with due as (
	select consortium_id, id from access_request
	where (refused_because is not null
			and updated_at <= now() - make_interval(days => $2::int)
		or least(approved_until, ended_at)
			<= now() - make_interval(days => $2::int))
	limit $1::bigint
	for update skip locked
), cleared as (
	delete from access_request r using due d
	where r.consortium_id = d.consortium_id and r.id = d.id
	returning 1
)
select count(*) from cleared
