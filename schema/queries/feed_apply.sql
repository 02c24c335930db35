-- Does what a feed's document says, as records/job_posting_report.c reads it;
-- no row at all may mean that another worker has the feed: feed_end.sql says.
-- $1 consortium, $2 feed, $3 fetch, $4 the postings, a JSON array as
-- job_postings_write makes it, $5 the references of those with flaws, a JSON
-- array, $6 whether what it lists no longer is to be closed, $7 worker,
-- $8 attempt
select t.place, t.posting_id, t.outcome, t.trouble, t.state
from (
	select consortium_id, id from posting_feed_turn
	where consortium_id = $1::uuid and id = $2::uuid and worker = $7
		and attempt = $8::integer
	for update
) f
cross join lateral take_feed(f.consortium_id, f.id, $3::uuid, $4::json,
	$5::json, $6::boolean) t
order by t.place nulls last
