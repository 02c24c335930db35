-- Ends a run that cannot be done, and lets its round go back to what it was
-- before; no row: another worker has it.
-- $1 consortium, $2 run, $3 worker, $4 attempt, $5 why
with failed as (
	update run set state = 'failed', error = left($5, 2000),
		finished_at = now(), phase = null, share = null,
		actor = '00000000-0000-0000-0000-000000000000'
	where consortium_id = $1::uuid and id = $2::uuid and worker = $3
		and attempt = $4::integer and state = 'running'
	returning consortium_id, id, round_id
), moved as (
	update round r set
		state = round_without_run(r.consortium_id, r.id),
		actor = '00000000-0000-0000-0000-000000000000',
		reason = 'run failed: ' || left($5, 400)
	from failed f
	where r.consortium_id = f.consortium_id and r.id = f.round_id
		and r.state = 'running'
)
select id from failed
