/* GET /v1/enterprises/{enterprise_id}/feed - where its postings are listed. */
#include "endpoints/feed_steps.h"

static flow_step read_path;

const struct endpoint get_feed = {
	.operation = "getFeed",
	.method = "GET",
	.path = "/v1/enterprises/{enterprise_id}/feed",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct feed_at),
	.steps = { read_path, find_feed, reply_feed },
};

static enum flow_next read_path(struct flow *f)
{
	return path_feed(f) ? FLOW_NEXT : FLOW_FAIL;
}
