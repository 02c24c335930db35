-- Takes the oldest run that waits, or whose worker let its lease run out, and
-- moves its round along. Returns consortium, run, round, attempt, mode; no
-- row: there is nothing to do.
-- $1 worker, $2 lease in milliseconds
with taken as (
	update run set state = 'running', worker = $1, attempt = attempt + 1,
		lease_until = now() + $2::bigint * interval '1 millisecond',
		heartbeat_at = now(), started_at = now(),
		phase = null, share = null,
		actor = '00000000-0000-0000-0000-000000000000'
	where (consortium_id, id) = (
		select u.consortium_id, u.id from run u
		where u.state = 'queued'
			or (u.state = 'running' and u.lease_until < now())
		order by u.created_at, u.id
		limit 1
		for update skip locked)
	returning *
), moved as (
	update round r set state = 'running',
		actor = '00000000-0000-0000-0000-000000000000'
	from taken t
	where r.consortium_id = t.consortium_id and r.id = t.round_id
		and r.state in ('closed', 'computed')
)
select consortium_id, id, round_id, attempt, mode
from taken
