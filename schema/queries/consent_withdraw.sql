-- Takes back the consent of a student or a guardian.
-- $1 consortium, $2 placement, $3 owner (student or school), $4 party, $5 why,
-- $6 account
select withdraw_consent($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::uuid)
