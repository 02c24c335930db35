-- Everything is checked: how many are rejected. Of all or nothing that is
-- not to be, the sound rows are not written. No row: another worker has it.
-- $1 consortium, $2 import, $3 worker, $4 attempt, $5 whether to give up where
-- a row is rejected
with held as (
	update import set phase = 'writing'
	where consortium_id = $1::uuid and id = $2::uuid and worker = $3
		and attempt = $4::integer and state = 'running'
	returning rows_rejected
), given_up as (
	update import_row r set status = 'not_written', row_values = null
	from held h
	where $5::boolean and h.rows_rejected > 0
		and r.consortium_id = $1::uuid and r.import_id = $2::uuid
		and r.status = 'sound'
)
select rows_rejected from held
