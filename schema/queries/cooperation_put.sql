-- An enterprise proposes to hold a posting with a school.
-- $1 consortium, $2 posting, $3 enterprise, $4 account, $5..$12 the members of
-- struct cooperation (records/cooperation.h) in its order
select put_cooperation($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6,
	$7::smallint, $8::integer, $9, $10, $11, $12)
