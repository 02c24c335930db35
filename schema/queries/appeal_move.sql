-- Decides an appeal, or takes it back.
-- $1 consortium, $2 round, $3 appeal, $4 who made it or null for the office,
-- $5 state, $6 answer or null, $7 account
select move_appeal($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6, $7::uuid)
