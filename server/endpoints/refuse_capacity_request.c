/*
 * POST /v1/rounds/{round_id}/capacity-requests/{capacity_request_id}/refuse -
 * the office says no, and why.
 */
#include "endpoints/capacity_request_steps.h"

struct capacity_refusal {
	const char *reason;
};

static const struct field refusal_shape[] = {
	TEXT(struct capacity_refusal, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step refuse;

const struct endpoint refuse_capacity_request = {
	.operation = "refuseCapacityRequest",
	.method = "POST",
	.path = CAPACITY_REQUEST "/refuse",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct capacity_request_at),
	.body = refusal_shape,
	.body_bytes = sizeof(struct capacity_refusal),
	.steps = { refuse, find_capacity_request, reply_capacity_request },
};

static enum flow_next refuse(struct flow *f)
{
	const struct capacity_refusal *b = f->body;

	return end_capacity_request(f, "refused", b->reason);
}
