-- Is there such an edition?
-- $1 consortium, $2 edition
select number from rarity_edition
where consortium_id = $1::uuid and number = $2::integer
