/*
 * GET /v1/access-requests - one's own, and for whoever is responsible those of
 * the house.
 */
#include "endpoints/access_request_steps.h"

struct access_filter {
	const char *state;
};

static const struct field filter_shape[] = {
	ENUM(struct access_filter, state, access_request_state_words, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_requests, reply_requests;

const struct endpoint list_access_requests = {
	.operation = "listAccessRequests",
	.method = "GET",
	.path = "/v1/access-requests",
	.allow = STAFF,
	.query = filter_shape,
	.query_bytes = sizeof(struct access_filter),
	.is_paged = true,
	.steps = { find_requests, reply_requests },
};

static enum flow_next find_requests(struct flow *f)
{
	const struct access_filter *q = f->query;

	return ask(f, SQL_ACCESS_REQUESTS_LIST, P_CONSORTIUM(f), P_ACCOUNT(f),
		   P_TEXT(q->state), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_requests(struct flow *f)
{
	return reply_page(f, access_request_write, ACCESS_REQUEST_ID_COLUMN);
}
