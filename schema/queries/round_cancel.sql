-- Ends a round before publication, and its runs.
-- $1 consortium, $2 round, $3 why, $4 account
select cancel_round($1::uuid, $2::uuid, $3, $4::uuid)
