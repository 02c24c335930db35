/*
 * POST /v1/postings/{posting_id}/cooperation/refuse - the school does not hold
 * the posting, or no longer, and says why.
 */
#include "endpoints/cooperation_steps.h"

struct refusal {
	const char *reason;
};

static const struct field refusal_shape[] = {
	TEXT(struct refusal, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step refuse;

const struct endpoint refuse_cooperation = {
	.operation = "refuseCooperation",
	.method = "POST",
	.path = "/v1/postings/{posting_id}/cooperation/refuse",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct cooperation_at),
	.body = refusal_shape,
	.body_bytes = sizeof(struct refusal),
	.is_conditional = true,
	.is_transaction = true,
	.steps = { refuse, find_cooperation, reply_cooperation },
};

static enum flow_next refuse(struct flow *f)
{
	const struct refusal *in = f->body;

	return move_cooperation(f, "refused", in->reason);
}
