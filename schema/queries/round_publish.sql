-- Publishes the round with a finished run; its rows become placements, to be
-- answered by a time. Returns how many.
-- $1 consortium, $2 round, $3 run, $4 account, $5 version seen, $6 until when
-- students answer, $7 until when anybody may appeal, each or null
select publish_round($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::bigint,
	$6::timestamptz, $7::timestamptz)
