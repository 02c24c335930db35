-- Lets an open round last longer.
-- $1 consortium, $2 round, $3 closes at, $4 why, $5 account
select extend_round($1::uuid, $2::uuid, $3::timestamptz, $4, $5::uuid)
