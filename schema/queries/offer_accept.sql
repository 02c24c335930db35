-- Takes an offer; an internship or apprenticeship becomes a placement.
-- $1 consortium, $2 offer, $3 student, $4 id of that placement, $5 account
select accept_offer($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid)
