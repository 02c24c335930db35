-- Makes the next edition unless it would be as the last: the one that holds
-- now, as records/rarity.h shows it, and whether it is new.
-- $1 consortium, $2 account or null, $3 open postings, $4 words, $5 whether
-- each is a certificate, $6 how often each is asked for
select m.edition, m.posting_count, m.word_count, m.made_at, m.made_by, m.is_new
from make_rarity_edition($1::uuid, $2::uuid, $3::bigint, $4::text[],
	$5::text[]::boolean[], $6::text[]::bigint[]) as m
