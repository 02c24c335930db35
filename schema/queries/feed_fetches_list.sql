-- The last fetches of a feed, the latest first, as records/feed.h reads them,
-- without reports.
-- $1 consortium, $2 feed, $3 whether details are in Chinese, $4 id of the last
-- one seen or null, $5 how many
select d.id, d.started_at, d.ended_at, d.outcome, d.status, d.bytes, d.problem,
	case when $3::boolean then d.detail_zh else d.detail_en end,
	d.report_en -> 'counts', null
from posting_feed_fetch d
where d.consortium_id = $1::uuid and d.feed_id = $2::uuid
	and ($4::uuid is null or d.id < $4::uuid)
order by d.id desc
limit $5::bigint
