-- The finished run that a round is explained by: the published one, or the one
-- named, or the newest; the two latter for the office only. Returns id, mode,
-- whether it is the published one, seed (null until the round is published), its
-- hash.
-- $1 consortium, $2 round, $3 run or null, $4 whether unpublished runs may be
-- seen
select u.id, u.mode, coalesce(u.id = r.published_run_id, false),
	case when r.published_run_id is not null then r.seed end,
	encode(r.seed_sha256, 'hex')
from round r
join run u on u.consortium_id = r.consortium_id and u.round_id = r.id
where r.consortium_id = $1::uuid and r.id = $2::uuid and u.state = 'done'
	and case
		when $3::uuid is not null then u.id = $3::uuid
		when r.published_run_id is not null
			then u.id = r.published_run_id
		else true
	end
	and ($4::boolean or u.id = r.published_run_id)
order by u.finished_at desc, u.id desc
limit 1
