/*
 * POST /v1/access-requests/{access_request_id}/approve - a colleague may read
 * what is sealed of minors, until then.
 */
#include "endpoints/access_request_steps.h"

struct approval {
	const char *until;
};

static const struct field approval_shape[] = {
	TIME(struct approval, until, REQUIRED),
	END_OF_FIELDS
};

static flow_step approve;

const struct endpoint approve_access_request = {
	.operation = "approveAccessRequest",
	.method = "POST",
	.path = "/v1/access-requests/{access_request_id}/approve",
	.allow = STAFF,
	.state_bytes = sizeof(struct access_request_at),
	.body = approval_shape,
	.body_bytes = sizeof(struct approval),
	.is_transaction = true,
	.steps = { approve, see_decision, reply_decided },
};

static enum flow_next approve(struct flow *f)
{
	const struct approval *in = f->body;

	return decide_access(f, in->until, NULL);
}
