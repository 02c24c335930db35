-- Forgets the feed of an enterprise, and its fetches; its postings stay.
-- $1 consortium, $2 enterprise, $3 version
delete from posting_feed
where consortium_id = $1::uuid and id = $2::uuid and version = $3::bigint
returning id
