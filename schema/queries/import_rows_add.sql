-- Keeps rows that have been read; no row: another worker has the import.
-- $1 consortium, $2 import, $3 worker, $4 attempt, $5 rows (JSON, as
-- commands/work_import_read.c writes them), $6 how many, $7 how many of them
-- are rejected
with held as (
	update import set rows_read = rows_read + $6::integer,
		rows_rejected = rows_rejected + $7::integer
	where consortium_id = $1::uuid and id = $2::uuid and worker = $3
		and attempt = $4::integer and state = 'running'
	returning id
), added as (
	insert into import_row (consortium_id, import_id, n, number, key,
		status, errors, notes, cells, row_values)
	select $1::uuid, $2::uuid, r.n, r.number, r.key, r.status, r.errors,
		r.notes, r.cells, r.row_values
	from held, json_to_recordset($5::json) as r (n integer,
		number bigint, key text, status text, errors jsonb,
		notes jsonb, cells json, row_values json)
)
select id from held
