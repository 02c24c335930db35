-- Takes the oldest import that waits, or whose worker let its lease run out.
-- Returns consortium, import, attempt, kind, mode, media type, whether unknown
-- columns are left alone, owner, account, phase, the kind of the school that
-- owns it, sheet, and mapping; no row: there is nothing to do.
-- $1 worker, $2 lease in milliseconds
with taken as (
	update import set state = 'running', worker = $1,
		attempt = attempt + 1,
		lease_until = now() + $2::bigint * interval '1 millisecond',
		heartbeat_at = now(), started_at = coalesce(started_at, now()),
		phase = coalesce(phase, 'reading'),
		actor = '00000000-0000-0000-0000-000000000000'
	where (consortium_id, id) = (
		select i.consortium_id, i.id from import i
		where i.state = 'queued'
			or (i.state = 'running' and i.lease_until < now())
		order by i.created_at, i.id
		limit 1
		for update skip locked)
	returning *
)
select t.consortium_id, t.id, t.attempt, t.kind, t.mode, t.media_type,
	t.lets_others_be, t.owner_id, t.created_by, t.phase, c.kind,
	t.sheet, t.mapping
from taken t
left join school c on c.consortium_id = t.consortium_id and c.id = t.owner_id
