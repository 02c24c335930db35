-- Erases who a student was: the accounts that are over.
-- $1 consortium, $2 student, $3 reason or null, $4 account
select erase_student($1::uuid, $2::uuid, $3, $4::uuid)
