-- One import, as records/import.h reads it.
-- $1 consortium, $2 import, $3 owner or null, $4 english or
-- chinese
select i.id, i.kind, i.mode, i.media_type, i.bytes, i.state, i.phase,
	i.encoding, i.rows_read, i.rows_done, i.rows_rejected, i.counts,
	import_errors(i.errors, $4), i.version, i.created_at, i.started_at, i.finished_at
from import i
where i.consortium_id = $1::uuid and i.id = $2::uuid
	and i.state <> 'receiving'
	and i.owner_id is not distinct from $3::uuid
