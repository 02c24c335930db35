-- The feed of an enterprise as records/feed.h reads it.
-- $1 consortium, $2 enterprise
select f.id, f.url, f.interval_minutes, f.publishes, f.open_days, f.is_paused,
	case when not f.is_paused then t.due_at end, t.failures,
	coalesce(t.lease_until > now(), false), l.ended_at, l.outcome,
	f.version, f.created_at, f.updated_at
from posting_feed f
join posting_feed_turn t on t.consortium_id = f.consortium_id and t.id = f.id
left join lateral (
	select d.ended_at, d.outcome from posting_feed_fetch d
	where d.consortium_id = f.consortium_id and d.feed_id = f.id
	order by d.id desc limit 1
) l on true
where f.consortium_id = $1::uuid and f.id = $2::uuid
