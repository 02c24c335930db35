-- Decides on a colleague's request, or ends an approval (also one's own): what
-- came of it (decide_access, 0036).
-- $1 consortium, $2 account that decides, $3 request, $4 until when it is
-- approved or null, $5 why it is refused or null; both null: it ends
select decide_access($1::uuid, $2::uuid, $3::uuid, $4::timestamptz, $5)
