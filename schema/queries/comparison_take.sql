-- Takes the oldest comparison that waits, or whose worker let its lease run
-- out. Returns consortium, comparison, attempt, what is set, to what, run; no
-- row: there is nothing to do.
-- $1 worker, $2 lease in milliseconds
with taken as (
	update comparison set state = 'running', worker = $1,
		attempt = attempt + 1, heartbeat_at = now(),
		started_at = now(), phase = null, share = null,
		lease_until = now() + $2::bigint * interval '1 millisecond',
		actor = '00000000-0000-0000-0000-000000000000'
	where (consortium_id, id) = (
		select c.consortium_id, c.id from comparison c
		where c.state = 'queued'
			or (c.state = 'running' and c.lease_until < now())
		order by c.created_at, c.id
		limit 1
		for update skip locked)
	returning *
)
select t.consortium_id, t.id, t.attempt,
	coalesce((select array_agg(e.change ->> 'set' order by e.number)
		from jsonb_array_elements(t.changes) with ordinality
			as e (change, number)), '{}'),
	coalesce((select array_agg((e.change ->> 'id') || '='
			|| (e.change ->> 'to') order by e.number)
		from jsonb_array_elements(t.changes) with ordinality
			as e (change, number)), '{}'),
	t.run_id
from taken t
