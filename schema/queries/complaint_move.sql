-- Answers or closes a complaint.
-- $1 consortium, $2 complaint, $3 who made it or null for the office, $4 state,
-- $5 answer or null, $6 reason or null, $7 account
select move_complaint($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7::uuid)
