-- Calls off a comparison that is not over; returns it as records/comparison.h
-- reads it, or no row: it is over.
-- $1 consortium, $2 round, $3 comparison, $4 why or null, $5 account
select c.id, c.round_id, c.run_id, c.changes, c.state, c.attempt,
	c.error, c.started_at, c.finished_at, c.version, c.created_at,
	c.phase, c.share, c.work_ms, c.memory_bytes
from cancel_comparisons($1::uuid, $2::uuid, $3::uuid, $4, $5::uuid) c
