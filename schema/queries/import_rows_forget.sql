-- Reading begins anew: what a worker before had read is gone.
-- $1 consortium, $2 import
with gone as (
	delete from import_row
	where consortium_id = $1::uuid and import_id = $2::uuid
)
update import set rows_read = 0, rows_done = 0, rows_rejected = 0
where consortium_id = $1::uuid and id = $2::uuid
returning id
