-- Publishes a run again of a round that is published.
-- $1 consortium, $2 round, $3 run, $4 account, $5 version seen, $6 until when
-- students answer what is new, $7 until when anybody may appeal, each or null
select republish_round($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::bigint,
	$6::timestamptz, $7::timestamptz)
