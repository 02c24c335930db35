-- Certifies a student's wish list; returns its version.
-- $1 consortium, $2 round, $3 student, $4 account, $5 version seen
select certify_wishes($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::bigint)
