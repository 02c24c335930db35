-- Publishes the round with a finished run; its rows become placements.
-- Returns how many.
-- $1 consortium, $2 round, $3 run, $4 account, $5 version seen
select publish_round($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::bigint)
