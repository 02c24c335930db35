-- Calls off a run that is not over.
-- $1 consortium, $2 round, $3 run, $4 why or null, $5 account
select cancel_run($1::uuid, $2::uuid, $3::uuid, $4, $5::uuid)
