-- A party was told what it had to be told; a row for each thing.
-- $1 consortium, $2 placement, $3 owner, $4 party, $5 account
select about
from acknowledge_notices($1::uuid, $2::uuid, $3::uuid, $4, $5::uuid)
