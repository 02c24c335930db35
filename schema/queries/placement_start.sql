-- An internship begins.
-- $1 consortium, $2 placement, $3 school, $4 day or null: today, $5 account
select start_placement($1::uuid, $2::uuid, $3::uuid, $4::date, $5::uuid)
