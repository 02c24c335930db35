/*
 * POST /v1/enterprises/{enterprise_id}/reject - the office refuses a
 * registration and says why; the enterprise may mend it.
 */
#include "endpoints/enterprise_moves.h"

static flow_step reject;

const struct endpoint reject_enterprise = {
	.operation = "rejectEnterprise",
	.method = "POST",
	.path = "/v1/enterprises/{enterprise_id}/reject",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.body = move_reason_shape,
	.body_bytes = sizeof(struct move_reason),
	.steps = { find_enterprise, reject, reply_moved },
};

static enum flow_next reject(struct flow *f)
{
	const struct move_reason *in = f->body;

	return move_enterprise(f, "rejected", in->reason);
}
