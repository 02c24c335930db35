-- What became of rows that were sound; no row: another worker has the import.
-- $1 consortium, $2 import, $3 worker, $4 attempt, $5 rows (JSON: n, status,
-- id, errors), $6 how many are done by it, $7 how many of these are rejected,
-- $8 n before the first of them, $9 n of the last: within these bounds the rows are
-- found by the key, however large the import is
with held as (
	update import set rows_done = least(rows_done + $6::integer, rows_read),
		rows_rejected = rows_rejected + $7::integer
	where consortium_id = $1::uuid and id = $2::uuid and worker = $3
		and attempt = $4::integer and state = 'running'
	returning id
), marked as (
	update import_row r set status = m.status, subject_id = m.id,
		errors = coalesce(m.errors, '[]'),
		row_values = case when m.status = 'sound' then r.row_values end
	from held, json_to_recordset($5::json) as m (n integer, status text,
		id uuid, errors jsonb)
	where r.consortium_id = $1::uuid and r.import_id = $2::uuid
		and r.n = m.n
		and r.n > $8::integer and r.n <= $9::integer
)
select id from held
