-- Sets the feed of an enterprise.
-- $1 consortium, $2 enterprise, $3 account, $4 URL, $5 minutes between
-- fetches, $6 whether it publishes, $7 days that postings are open, $8 whether
-- it rests
select put_posting_feed($1::uuid, $2::uuid, $3::uuid, $4, $5::integer,
	$6::boolean, $7::integer, $8::boolean)
