-- Opens a draft under the policy and the rarity that hold now; returns the round as
-- records/round.h reads it, or no row where it is not as it was seen.
-- $1 consortium, $2 round, $3 version seen, $4 account
with moved as (
	update round set state = 'open', actor = $4::uuid,
		policy_version = policy_at(consortium_id, now()),
		rarity_edition = (select max(e.number) from rarity_edition e
			where e.consortium_id = $1::uuid)
	where consortium_id = $1::uuid and id = $2::uuid
		and version = $3::bigint
	returning *
)
select r.id, r.name, r.state, r.opens_at, r.closes_at, r.period_start, r.period_end,
	case when r.state in ('published', 'final') then r.seed end as seed,
	encode(r.seed_sha256, 'hex') as seed_sha256, r.policy_version,
	r.published_run_id, r.version, r.created_at, r.updated_at,
	r.is_scheduled, r.cancelled_because, r.decide_by,
	r.appeals_by, r.follows
from moved r
