-- A page of imports, the latest first, as records/import.h reads them.
-- $1 consortium, $2 owner or null, $3 kind or null, $4 state or null,
-- $5 id of the last one seen or null, $6 how many, $7 english or
-- chinese
select i.id, i.kind, i.mode, i.media_type, i.bytes, i.state, i.phase,
	i.encoding, i.rows_read, i.rows_done, i.rows_rejected, i.counts,
	import_errors(i.errors, $7), i.version, i.created_at, i.started_at, i.finished_at
from import i
where i.consortium_id = $1::uuid and i.state <> 'receiving'
	and i.owner_id is not distinct from $2::uuid
	and ($3::text is null or i.kind = $3)
	and ($4::text is null or i.state = $4)
	and ($5::uuid is null or i.id < $5::uuid)
order by i.id desc
limit $6::bigint
