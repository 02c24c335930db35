-- What became visible of all consortia since an earlier snapshot. The first
-- row has the snapshot and the time of now, the transaction below which all is
-- in it, and whether the earlier snapshot is of a future that never came (the
-- database was put back). Then one row for each thing that live ranking and search go by
-- and that changed, or whose time came: a posting that closed, a policy that
-- begins. Transactions that run on keep nothing back: what a snapshot cannot
-- see yet is new to the next one, however low its number.
-- $1 the earlier snapshot and $2 its time, or nulls: the first row alone
with here as materialized (
	select pg_current_snapshot() as seen, now() as at
), news as (
	select c.id, n.topic, n.subject_id
	from consortium c
	cross join lateral (
		select h.topic, h.subject_id
		from change h
		where h.consortium_id = c.id
			and h.xid >= pg_snapshot_xmin($1::text::pg_snapshot)
			and not pg_visible_in_snapshot(h.xid,
				$1::text::pg_snapshot)
			and h.topic in ('posting', 'student', 'school',
				'enterprise', 'policy', 'rarity', 'reference',
				'consortium')
	) n
	union
	select p.consortium_id, 'posting', p.id
	from posting p
	where p.state = 'published'
		and p.closes_at > $2::timestamptz and p.closes_at <= now()
	union
	select y.consortium_id, 'policy', y.consortium_id
	from policy y
	where y.valid_from > $2::timestamptz and y.valid_from <= now()
)
select h.seen::text, h.at::text, pg_snapshot_xmin(h.seen)::text::bigint,
	coalesce(pg_snapshot_xmax(h.seen) <
		pg_snapshot_xmax($1::text::pg_snapshot), false),
	null::uuid as consortium_id, null::text as topic,
	null::uuid as subject_id
from here h
union all
select null, null, null, null, n.id, n.topic, n.subject_id
from news n
order by consortium_id nulls first, topic
