-- Takes the feed that is due longest, of a verified enterprise. Returns
-- consortium, feed, attempt, URL, ETag, Last-Modified, and when it began; no
-- row: none is due.
-- $1 worker, $2 lease in milliseconds, $3 seconds between two fetches of one
-- feed, however often it is asked for
with due as (
	select t.consortium_id, t.id
	from posting_feed_turn t
	join posting_feed f on f.consortium_id = t.consortium_id
		and f.id = t.id and not f.is_paused
	join enterprise e on e.consortium_id = t.consortium_id and e.id = t.id
		and e.state = 'verified'
	where t.due_at <= now()
		and coalesce(t.taken_at + $3::bigint * interval '1 second'
			<= now(), true)
		and (t.lease_until is null or t.lease_until < now())
	order by t.due_at
	limit 1
	for update of t skip locked
)
update posting_feed_turn t set worker = $1, attempt = t.attempt + 1,
	taken_at = now(),
	lease_until = now() + $2::bigint * interval '1 millisecond'
from due d
join posting_feed f on f.consortium_id = d.consortium_id and f.id = d.id
where t.consortium_id = d.consortium_id and t.id = d.id
returning t.consortium_id, t.id, t.attempt, f.url, t.etag, t.last_modified,
	now()
