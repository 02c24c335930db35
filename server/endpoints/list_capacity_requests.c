/*
 * GET /v1/rounds/{round_id}/capacity-requests - an enterprise's own, or all for
 * the office; newest first.
 */
#include "endpoints/capacity_request_steps.h"

struct capacity_filter {
	const char *state;
};

static const struct field filter_shape[] = {
	ENUM(struct capacity_filter, state, capacity_request_state_words,
	     OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_requests, reply_requests;

const struct endpoint list_capacity_requests = {
	.operation = "listCapacityRequests",
	.method = "GET",
	.path = CAPACITY_REQUESTS,
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct capacity_request_at),
	.query = filter_shape,
	.query_bytes = sizeof(struct capacity_filter),
	.is_paged = true,
	.steps = { find_round_of_seats, find_requests, reply_requests },
};

static enum flow_next find_requests(struct flow *f)
{
	const struct capacity_filter *q = f->query;
	struct capacity_request_at *s = f->state;

	return ask(f, SQL_CAPACITY_REQUESTS_LIST, P_CONSORTIUM(f),
		   P_UUID(&s->round_id), P_OWNER(f), P_TEXT(q->state),
		   P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_requests(struct flow *f)
{
	return reply_page(f, capacity_request_write,
			  CAPACITY_REQUEST_ID_COLUMN);
}
