/* GET /v1/enterprises/{enterprise_id}/feed/fetches/{fetch_id} - one of them,
 * with the report on each posting. */
#include "endpoints/feed_steps.h"

static flow_step find_fetch, reply_fetch;

const struct endpoint get_feed_fetch = {
	.operation = "getFeedFetch",
	.method = "GET",
	.path = "/v1/enterprises/{enterprise_id}/feed/fetches/{fetch_id}",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct feed_at),
	.steps = { find_fetch, reply_fetch },
};

static enum flow_next find_fetch(struct flow *f)
{
	struct feed_at *s = f->state;
	struct uuid id;

	if (!path_feed(f) || !path_uuid(f, "fetch_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_FEED_FETCH_BY_ID, P_CONSORTIUM(f), P_ID(&s->id),
		       P_ID(&id), P_BOOL(f->lang == LANG_ZH));
}

static enum flow_next reply_fetch(struct flow *f)
{
	reply_language(f);
	feed_fetch_write_whole(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
