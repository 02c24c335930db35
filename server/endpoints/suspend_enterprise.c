/*
 * POST /v1/enterprises/{enterprise_id}/suspend - the office takes a verified
 * enterprise out and says why: it publishes nothing and joins no round.
 */
#include "endpoints/enterprise_moves.h"

static flow_step suspend;

const struct endpoint suspend_enterprise = {
	.operation = "suspendEnterprise",
	.method = "POST",
	.path = "/v1/enterprises/{enterprise_id}/suspend",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.body = move_reason_shape,
	.body_bytes = sizeof(struct move_reason),
	.steps = { find_enterprise, suspend, reply_moved },
};

static enum flow_next suspend(struct flow *f)
{
	const struct move_reason *in = f->body;

	return move_enterprise(f, "suspended", in->reason);
}
