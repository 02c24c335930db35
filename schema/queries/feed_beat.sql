-- Renews the lease of a feed; no row: another worker has it.
-- $1 consortium, $2 feed, $3 worker, $4 attempt, $5 lease in milliseconds
update posting_feed_turn set
	lease_until = now() + $5::bigint * interval '1 millisecond'
where consortium_id = $1::uuid and id = $2::uuid and worker = $3
	and attempt = $4::integer
returning id
