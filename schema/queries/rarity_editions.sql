-- A page of the editions, newest first, as records/rarity.h shows them.
-- $1 consortium, $2 number of the last one seen or null, $3 how many
select r.number, r.posting_count, r.word_count, r.made_at, r.made_by
from rarity_edition r
where r.consortium_id = $1::uuid
	and ($2::integer is null or r.number < $2::integer)
order by r.number desc
limit $3::bigint
