-- What a party thinks of the other, as records/evaluation.h reads it.
-- $1 consortium, $2 placement, $3 owner (student or enterprise), $4 id, $5 who
-- makes it, $6 score, $7 text or null, $8 account
select v.id, v.placement_id, v.made_by, v.score, v.text, v.created_at
from evaluate_placement($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5,
	$6::integer, $7, $8::uuid) v
