/* GET /v1/enterprises/{enterprise_id}/feed/fetches - the last 20 times that a
 * feed was fetched. */
#include "endpoints/feed_steps.h"

static flow_step find_it, find_fetches, reply_fetches;

const struct endpoint list_feed_fetches = {
	.operation = "listFeedFetches",
	.method = "GET",
	.path = "/v1/enterprises/{enterprise_id}/feed/fetches",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct feed_at),
	.is_paged = true,
	.steps = { find_it, find_fetches, reply_fetches },
};

static enum flow_next find_it(struct flow *f)
{
	return path_feed(f) ? find_feed(f) : FLOW_FAIL;
}

static enum flow_next find_fetches(struct flow *f)
{
	struct feed_at *s = f->state;

	return ask(f, SQL_FEED_FETCHES_LIST, P_CONSORTIUM(f), P_ID(&s->id),
		   P_BOOL(f->lang == LANG_ZH), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_fetches(struct flow *f)
{
	reply_language(f);
	return reply_page(f, feed_fetch_write, FEED_FETCH_ID_COLUMN);
}
