-- Ends a fetch of a feed: whether the feed was still this worker's.
-- $1 consortium, $2 fetch, $3 feed, $4 when it began, $5 outcome, $6 status or
-- null, $7 bytes, $8 problem, $9 and $10 its detail in English and Chinese,
-- $11 and $12 the report in both, each or null, $13 worker, $14 attempt,
-- $15 ETag, $16 Last-Modified, each or null
select end_feed_fetch(row($1::uuid, $2::uuid, $3::uuid, $4::timestamptz,
	now(), $5::text, $6::integer, $7::bigint, $8::text, $9::text,
	$10::text, $11::json, $12::json)::posting_feed_fetch, $13,
	$14::integer, $15, $16)
