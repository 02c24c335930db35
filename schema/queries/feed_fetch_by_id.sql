-- One fetch of a feed as records/feed.h reads it, with its report.
-- $1 consortium, $2 feed, $3 fetch, $4 whether it is wanted in Chinese
select d.id, d.started_at, d.ended_at, d.outcome, d.status, d.bytes, d.problem,
	case when $4::boolean then d.detail_zh else d.detail_en end,
	d.report_en -> 'counts',
	case when $4::boolean then d.report_zh else d.report_en end
from posting_feed_fetch d
where d.consortium_id = $1::uuid and d.feed_id = $2::uuid
	and d.id = $3::uuid
