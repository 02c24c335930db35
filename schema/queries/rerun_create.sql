-- Queues a run that goes on from what a round published; returns it as
-- records/round.h reads it, or no row where the round is not published.
-- $1 consortium, $2 id, $3 round, $4 mode, $5 who stays, $6 students let go,
-- $7 why, one each, $8 account
with made as (
	insert into run (consortium_id, id, round_id, mode, base_run_id, pins,
		created_by)
	select r.consortium_id, $2::uuid, r.id, $4, r.published_run_id, $5,
		$8::uuid
	from round r
	where r.consortium_id = $1::uuid and r.id = $3::uuid
		and r.state = 'published'
	returning *
), released as (
	insert into run_release (consortium_id, run_id, student_id, reason)
	select m.consortium_id, m.id, t.student_id, t.reason
	from made m
	cross join unnest($6::uuid[], $7::text[]) as t (student_id, reason)
)
select u.id, u.round_id, u.mode, u.state, u.attempt, u.is_verified, u.error,
	u.student_count, u.placed_count, u.shortfall, u.started_at,
	u.finished_at, u.freeze_ms, u.place_ms, u.verify_ms, u.version,
	u.created_at, u.rarity_edition, u.base_run_id, u.pins, 0, u.phase,
	u.share, u.store_ms, u.memory_bytes
from made u
