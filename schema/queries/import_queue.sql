-- The file is whole: a worker may take it. Returns it as records/import.h
-- reads it.
-- $1 consortium, $2 import, $3 account, $4 english or chinese
update import i set state = 'queued', actor = $3::uuid
where i.consortium_id = $1::uuid and i.id = $2::uuid
	and i.state = 'receiving'
	and i.bytes = (select coalesce(sum(octet_length(c.bytes)), 0)
		from import_chunk c where c.consortium_id = $1::uuid
			and c.import_id = $2::uuid)
returning i.id, i.kind, i.mode, i.media_type, i.bytes, i.state, i.phase,
	i.encoding, i.rows_read, i.rows_done, i.rows_rejected, i.counts,
	import_errors(i.errors, $4), i.version, i.created_at, i.started_at, i.finished_at
