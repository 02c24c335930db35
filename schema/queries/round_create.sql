-- Makes a draft; returns it as records/round.h reads it.
-- $1 consortium, $2 id, $3 name, $4 opens at, $5 closes at, $6 period start,
-- $7 period end, $8 seed, $9 account, $10 whether it opens by itself,
-- $11 round that it follows, or null
with made as (
	insert into round (consortium_id, id, name, opens_at, closes_at,
		period_start, period_end, seed, seed_sha256, created_by,
		is_scheduled, follows)
	values ($1::uuid, $2::uuid, $3, $4::timestamptz, $5::timestamptz,
		$6::date, $7::date, $8, sha256(convert_to($8, 'UTF8')),
		$9::uuid, $10::boolean, $11::uuid)
	returning *
)
select r.id, r.name, r.state, r.opens_at, r.closes_at, r.period_start, r.period_end,
	case when r.state in ('published', 'final') then r.seed end as seed,
	encode(r.seed_sha256, 'hex') as seed_sha256, r.policy_version,
	r.published_run_id, r.version, r.created_at, r.updated_at,
	r.is_scheduled, r.cancelled_because, r.decide_by,
	r.appeals_by, r.follows
from made r
