-- An edition, the newest if none is named, as records/rarity.h reads it: its
-- number, and each word, whether it is a certificate, its weight. No row: there
-- is none. One without a word: nobody asked for anything.
-- $1 consortium, $2 edition or null
select e.number, w.word, w.is_certificate, w.weight
from (select max(number) as number from rarity_edition
	where consortium_id = $1::uuid
		and ($2::integer is null or number = $2::integer)) as e
left join rarity_word w on w.consortium_id = $1::uuid
	and w.edition = e.number
where e.number is not null
