-- Invites a student to apply: what came of it (invite, 0036).
-- $1 consortium, $2 invitation, $3 posting, $4 enterprise, $5 student,
-- $6 account
select invite($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid)
