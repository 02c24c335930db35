-- Renews the lease of a comparison and tells how far it is; no row: another
-- worker has it, or it was called off.
-- $1 consortium, $2 comparison, $3 worker, $4 attempt, $5 lease in milliseconds,
-- $6 phase or null, $7 share of it in thousandths or null
update comparison set heartbeat_at = now(), phase = $6, share = $7::integer,
	lease_until = now() + $5::bigint * interval '1 millisecond'
where consortium_id = $1::uuid and id = $2::uuid and worker = $3
	and attempt = $4::integer and state = 'running'
returning id
