/*
 * POST /v1/rounds/{round_id}/capacity-requests/{capacity_request_id}/approve -
 * the posting has the openings from now on, and the round's next run.
 */
#include "endpoints/capacity_request_steps.h"

static flow_step approve;

const struct endpoint approve_capacity_request = {
	.operation = "approveCapacityRequest",
	.method = "POST",
	.path = CAPACITY_REQUEST "/approve",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct capacity_request_at),
	.steps = { approve, find_capacity_request, reply_capacity_request },
};

static enum flow_next approve(struct flow *f)
{
	return end_capacity_request(f, "approved", NULL);
}
