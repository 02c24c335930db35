-- Makes a feed due and wakes the workers: whether it rests; no row: there is
-- none.
-- $1 consortium, $2 enterprise
with due as (
	update posting_feed_turn t set due_at = now()
	from posting_feed f
	where t.consortium_id = $1::uuid and t.id = $2::uuid
		and f.consortium_id = t.consortium_id and f.id = t.id
	returning f.is_paused, t.consortium_id
)
select is_paused, pg_notify('duikou_change', consortium_id::text)
from due
