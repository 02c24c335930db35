-- One round, as records/round.h reads it; the seed only once it is published.
-- $1 consortium, $2 round, $3 whether what never opened may be seen
select r.id, r.name, r.state, r.opens_at, r.closes_at, r.period_start, r.period_end,
	case when r.state in ('published', 'final') then r.seed end as seed,
	encode(r.seed_sha256, 'hex') as seed_sha256, r.policy_version,
	r.published_run_id, r.version, r.created_at, r.updated_at,
	r.is_scheduled, r.cancelled_because, r.decide_by,
	r.appeals_by, r.follows
from round r
where r.consortium_id = $1::uuid and r.id = $2::uuid
	and ($3::boolean or r.policy_version is not null)
