/* DELETE /v1/enterprises/{enterprise_id}/feed - it is fetched no more, and what
 * it brought stays. */
#include "endpoints/feed_steps.h"

static flow_step find_it, delete_it, reply_deleted;

const struct endpoint delete_feed = {
	.operation = "deleteFeed",
	.method = "DELETE",
	.path = "/v1/enterprises/{enterprise_id}/feed",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct feed_at),
	.is_conditional = true,
	.steps = { find_it, delete_it, reply_deleted },
};

static enum flow_next find_it(struct flow *f)
{
	return path_feed(f) ? find_feed(f) : FLOW_FAIL;
}

static enum flow_next delete_it(struct flow *f)
{
	struct feed_at *s = f->state;

	if (!version_fits(f, rows_int(f->rows, 0,
				      POSTING_FEED_VERSION_COLUMN)))
		return FLOW_FAIL;
	return tell_or(f, FAULT_STALE, SQL_FEED_DELETE, P_CONSORTIUM(f),
		       P_ID(&s->id), P_INT(f->if_match));
}

static enum flow_next reply_deleted(struct flow *f)
{
	return reply_empty(f, 204);
}
