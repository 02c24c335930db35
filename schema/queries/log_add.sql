-- A student reports a week.
-- $1 consortium, $2 placement, $3 student, $4 id, $5 week, $6 text, $7 account
select report_week($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::integer, $6,
	$7::uuid)
