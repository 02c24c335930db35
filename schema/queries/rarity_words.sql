-- The edition that holds now, as records/rarity.h reads it: its number, and
-- each word, whether it is a certificate, its weight. No row: there is none.
-- One without a word: nobody asked for anything.
-- $1 consortium
select e.number, w.word, w.is_certificate, w.weight
from (select max(number) as number from rarity_edition
	where consortium_id = $1::uuid) as e
left join rarity_word w on w.consortium_id = $1::uuid
	and w.edition = e.number
where e.number is not null
