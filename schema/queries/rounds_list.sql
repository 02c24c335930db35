-- A page of rounds, newest first, as records/round.h reads them.
-- $1 consortium, $2 whether what never opened may be seen, $3 state or null,
-- $4 id of the last one seen or null, $5 how many, $6 first and $7 last day of
-- its first publication, $8 whether the run was verified, each or null
select r.id, r.name, r.state, r.opens_at, r.closes_at, r.period_start, r.period_end,
	case when r.state in ('published', 'final') then r.seed end as seed,
	encode(r.seed_sha256, 'hex') as seed_sha256, r.policy_version,
	r.published_run_id, r.version, r.created_at, r.updated_at,
	r.is_scheduled, r.cancelled_because, r.decide_by,
	r.appeals_by, r.follows
from round r
where r.consortium_id = $1::uuid and ($2::boolean or r.policy_version is not null)
	and ($3::text is null or r.state = $3)
	and (num_nonnulls($6::date, $7::date, $8::boolean) = 0
		or exists (select from publication b
			join run u on u.consortium_id = b.consortium_id
				and u.id = b.run_id
			where b.consortium_id = r.consortium_id
				and b.round_id = r.id and b.number = 1
				and ($6 is null or b.published_at
					>= china_midnight($6))
				and ($7 is null or b.published_at
					< china_midnight($7 + 1))
				and ($8 is null or u.is_verified = $8)))
	and ($4::uuid is null or r.id < $4::uuid)
order by r.id desc
limit $5::bigint
