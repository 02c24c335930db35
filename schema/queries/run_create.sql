-- Queues a run of a closed round; returns it as records/round.h reads it.
-- $1 consortium, $2 id, $3 round, $4 mode, $5 account
with made as (
	insert into run (consortium_id, id, round_id, mode, created_by)
	values ($1::uuid, $2::uuid, $3::uuid, $4, $5::uuid)
	returning *
)
select u.id, u.round_id, u.mode, u.state, u.attempt, u.is_verified, u.error,
	u.student_count, u.placed_count, u.shortfall, u.started_at,
	u.finished_at, u.freeze_ms, u.place_ms, u.verify_ms, u.version,
	u.created_at, u.rarity_edition,
	u.base_run_id, u.pins, (select count(*) from run_move m
		where m.consortium_id = u.consortium_id and m.run_id = u.id),
	u.phase, u.share, u.store_ms, u.memory_bytes
from made u
