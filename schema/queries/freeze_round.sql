-- The terms of a round: seed, policy version, first and last day, edition of
-- rarity or 0, how many publications of the rounds beside it there are.
-- $1 consortium, $2 round
select seed, policy_version, period_start, period_end,
	coalesce(rarity_edition, 0), publications_beside($1::uuid, $2::uuid)
from round
where consortium_id = $1::uuid and id = $2::uuid
