-- One comparison of a round, as records/comparison.h reads it, and its report.
-- $1 consortium, $2 round, $3 comparison
select c.id, c.round_id, c.run_id, c.changes, c.state, c.attempt,
	c.error, c.started_at, c.finished_at, c.version, c.created_at,
	c.phase, c.share, c.work_ms, c.memory_bytes,
	c.report
from comparison c
where c.consortium_id = $1::uuid and c.round_id = $2::uuid
	and c.id = $3::uuid
