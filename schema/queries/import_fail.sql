-- Ends an import whose file is none, or that cannot be done; no row: another
-- worker has it.
-- $1 consortium, $2 import, $3 worker, $4 attempt, $5 errors (JSON)
update import set state = 'failed', finished_at = now(), phase = null,
	errors = $5::jsonb, actor = '00000000-0000-0000-0000-000000000000'
where consortium_id = $1::uuid and id = $2::uuid and worker = $3
	and attempt = $4::integer and state = 'running'
returning id
