-- Ends a comparison with its report, or with why there is none; no row: another
-- worker has it, or it was called off.
-- $1 consortium, $2 comparison, $3 worker, $4 attempt, $5 report or null, $6 why
-- not or null, $7 ms that it took or null, $8 bytes of memory at most or null
update comparison set state = case when $6::text is null then 'done'
		else 'failed' end,
	report = $5::json, error = left($6, 2000), finished_at = now(),
	phase = null, share = null, work_ms = $7::integer,
	memory_bytes = $8::bigint,
	actor = '00000000-0000-0000-0000-000000000000'
where consortium_id = $1::uuid and id = $2::uuid and worker = $3
	and attempt = $4::integer and state = 'running'
returning id
