-- Takes an application to another state.
-- $1 consortium, $2 application, $3 its student or enterprise, $4 state,
-- $5 reason or null, $6 account
select move_application($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::uuid)
