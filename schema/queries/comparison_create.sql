-- Queues a comparison; returns it as records/comparison.h reads it.
-- $1 consortium, $2 id, $3 round, $4 run, $5 account, $6 ids of what is
-- changed, $7 what of it is set, $8 to what
with made as (
	insert into comparison (consortium_id, id, round_id, run_id,
		created_by, changes)
	select $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid,
		coalesce((select jsonb_agg(jsonb_build_object('set', t.what,
				'id', t.id, 'to', t.value) order by t.number)
			from unnest($6::uuid[], $7::text[], $8::bigint[])
				with ordinality
				as t (id, what, value, number)), '[]')
	returning *
)
select c.id, c.round_id, c.run_id, c.changes, c.state, c.attempt,
	c.error, c.started_at, c.finished_at, c.version, c.created_at,
	c.phase, c.share, c.work_ms, c.memory_bytes
from made c
