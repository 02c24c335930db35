-- A page of the words of an edition, skills first, as records/rarity.h shows
-- them.
-- $1 consortium, $2 edition, $3 whether the last one seen is a certificate and
-- $4 its word, or nulls, $5 how many
select w.word, w.is_certificate, w.asking, w.weight
from rarity_word w
where w.consortium_id = $1::uuid and w.edition = $2::integer
	and ($4::text is null
		or (w.is_certificate, w.word) > ($3::boolean, $4::text))
order by w.is_certificate, w.word
limit $5::bigint
