-- Changes those members of a draft that are given (null: stays); returns it as
-- records/round.h reads it, or no row where it is not as it was seen.
-- $1 consortium, $2 round, $3 version seen, $4 account, $5 name, $6 opens at,
-- $7 closes at, $8 period start, $9 period end, $10 whether it opens by itself
with moved as (
	update round r set
		name = coalesce($5, r.name),
		opens_at = coalesce($6::timestamptz, r.opens_at),
		closes_at = coalesce($7::timestamptz, r.closes_at),
		period_start = coalesce($8::date, r.period_start),
		period_end = coalesce($9::date, r.period_end),
		is_scheduled = coalesce($10::boolean, r.is_scheduled),
		actor = $4::uuid
	where r.consortium_id = $1::uuid and r.id = $2::uuid
		and r.version = $3::bigint and r.state = 'draft'
	returning *
)
select r.id, r.name, r.state, r.opens_at, r.closes_at, r.period_start, r.period_end,
	case when r.state in ('published', 'final') then r.seed end as seed,
	encode(r.seed_sha256, 'hex') as seed_sha256, r.policy_version,
	r.published_run_id, r.version, r.created_at, r.updated_at,
	r.is_scheduled, r.cancelled_because, r.decide_by,
	r.appeals_by, r.follows
from moved r
