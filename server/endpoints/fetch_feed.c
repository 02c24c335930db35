/* POST /v1/enterprises/{enterprise_id}/feed/fetch - now, not only when it is
 * due: a worker takes it next. */
#include "endpoints/feed_steps.h"

static flow_step hurry, find_it, reply_queued;

const struct endpoint fetch_feed = {
	.operation = "fetchFeed",
	.method = "POST",
	.path = "/v1/enterprises/{enterprise_id}/feed/fetch",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct feed_at),
	.is_transaction = true,
	.steps = { hurry, find_it, reply_queued },
};

static enum flow_next hurry(struct flow *f)
{
	struct feed_at *s = f->state;

	if (!path_feed(f))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, SQL_FEED_FETCH_NOW, P_CONSORTIUM(f),
		       P_ID(&s->id));
}

static enum flow_next find_it(struct flow *f)
{
	if (rows_bool(f->rows, 0, 0))
		return fail(f, FAULT_BAD_STATE, "%s", "the feed is paused");
	return find_feed(f);
}

static enum flow_next reply_queued(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, POSTING_FEED_VERSION_COLUMN));
	posting_feed_write(reply_json(f, 202), f->rows, 0);
	return FLOW_DONE;
}
