-- One run of a round, as records/round.h reads it.
-- $1 consortium, $2 round, $3 run
select u.id, u.round_id, u.mode, u.state, u.attempt, u.is_verified, u.error,
	u.student_count, u.placed_count, u.shortfall, u.started_at,
	u.finished_at, u.freeze_ms, u.place_ms, u.verify_ms, u.version,
	u.created_at, u.rarity_edition,
	u.base_run_id, u.pins, (select count(*) from run_move m
		where m.consortium_id = u.consortium_id and m.run_id = u.id),
	u.phase, u.share, u.store_ms, u.memory_bytes
from run u
where u.consortium_id = $1::uuid and u.round_id = $2::uuid
	and u.id = $3::uuid
