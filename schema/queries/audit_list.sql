-- A page of the audit, newest first.
-- $1 consortium, $2 action or null, $3 subject or null, $4 actor or null, $5
-- since or null, $6 number of the last one seen or null, $7 how many
select a.seq, a.at, a.actor, a.action, a.subject_kind, a.subject_id, a.detail,
	audit_text(a), encode(a.prev_hash, 'hex'), encode(a.hash, 'hex')
from audit a
where a.consortium_id = $1::uuid
	and ($2::text is null or a.action = $2)
	and ($3::uuid is null or a.subject_id = $3::uuid)
	and ($4::uuid is null or a.actor = $4::uuid)
	and ($5::timestamptz is null or a.at >= $5::timestamptz)
	and ($6::bigint is null or a.seq < $6::bigint)
order by a.seq desc
limit $7::bigint
