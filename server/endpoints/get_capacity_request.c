/* GET /v1/rounds/{round_id}/capacity-requests/{capacity_request_id} - one. */
#include "endpoints/capacity_request_steps.h"

const struct endpoint get_capacity_request = {
	.operation = "getCapacityRequest",
	.method = "GET",
	.path = CAPACITY_REQUEST,
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct capacity_request_at),
	.steps = { find_capacity_request, reply_capacity_request },
};
