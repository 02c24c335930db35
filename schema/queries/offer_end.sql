-- Declines an offer, or withdraws it.
-- $1 consortium, $2 offer, $3 its student or enterprise, $4 state, $5 reason,
-- $6 account
select end_offer($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::uuid)
