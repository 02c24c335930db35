-- Makes a published round final.
-- $1 consortium, $2 round, $3 account, $4 version seen
select finalize_round($1::uuid, $2::uuid, $3::uuid, $4::bigint)
