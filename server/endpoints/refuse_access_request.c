/* POST /v1/access-requests/{access_request_id}/refuse - and say why. */
#include "endpoints/access_request_steps.h"

struct refusal {
	const char *reason;
};

static const struct field refusal_shape[] = {
	TEXT(struct refusal, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step refuse;

const struct endpoint refuse_access_request = {
	.operation = "refuseAccessRequest",
	.method = "POST",
	.path = "/v1/access-requests/{access_request_id}/refuse",
	.allow = STAFF,
	.state_bytes = sizeof(struct access_request_at),
	.body = refusal_shape,
	.body_bytes = sizeof(struct refusal),
	.is_transaction = true,
	.steps = { refuse, see_decision, reply_decided },
};

static enum flow_next refuse(struct flow *f)
{
	const struct refusal *in = f->body;

	return decide_access(f, NULL, in->reason);
}
