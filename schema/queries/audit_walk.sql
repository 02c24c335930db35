-- The next entries of a chain, as records/audit.h reads them.
-- $1 consortium, $2 the number of the last one seen, $3 how many
select a.consortium_id, a.seq, (extract(epoch from a.at) * 1000000)::bigint,
	a.actor, a.action, a.subject_kind, a.subject_id, a.detail,
	encode(a.prev_hash, 'hex'), encode(a.hash, 'hex')
from audit a
where a.consortium_id = $1::uuid and a.seq > $2::bigint
order by a.seq
limit $3::bigint
