-- An internship is completed.
-- $1 consortium, $2 placement, $3 school, $4 day or null: the last one or
-- today, $5 reason or null, $6 account
select complete_placement($1::uuid, $2::uuid, $3::uuid, $4::date, $5, $6::uuid)
