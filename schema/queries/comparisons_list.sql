-- A page of the comparisons of a round, newest first, as records/comparison.h
-- reads them.
-- $1 consortium, $2 round, $3 id of the last one seen or null, $4 how many
select c.id, c.round_id, c.run_id, c.changes, c.state, c.attempt,
	c.error, c.started_at, c.finished_at, c.version, c.created_at,
	c.phase, c.share, c.work_ms, c.memory_bytes
from comparison c
where c.consortium_id = $1::uuid and c.round_id = $2::uuid
	and ($3::uuid is null or c.id < $3::uuid)
order by c.id desc
limit $4::bigint
