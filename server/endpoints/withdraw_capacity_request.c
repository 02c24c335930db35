/*
 * POST /v1/rounds/{round_id}/capacity-requests/{capacity_request_id}/withdraw -
 * the enterprise takes back what it asked, before it is decided.
 */
#include "endpoints/capacity_request_steps.h"

static flow_step withdraw;

const struct endpoint withdraw_capacity_request = {
	.operation = "withdrawCapacityRequest",
	.method = "POST",
	.path = CAPACITY_REQUEST "/withdraw",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct capacity_request_at),
	.steps = { withdraw, find_capacity_request, reply_capacity_request },
};

static enum flow_next withdraw(struct flow *f)
{
	return end_capacity_request(f, "withdrawn", NULL);
}
