/*
 * POST /v1/students/{student_id}/destination/dispute - it is not so: the
 * employer denies it, or the school gives it back, and says why.
 */
#include "endpoints/destination_steps.h"

struct dispute {
	const char *reason;
};

static const struct field dispute_shape[] = {
	TEXT(struct dispute, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step dispute;

const struct endpoint dispute_destination = {
	.operation = "disputeDestination",
	.method = "POST",
	.path = "/v1/students/{student_id}/destination/dispute",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct destination_at),
	.body = dispute_shape,
	.body_bytes = sizeof(struct dispute),
	.is_conditional = true,
	.is_transaction = true,
	.steps = { dispute, find_destination, reply_destination },
};

static enum flow_next dispute(struct flow *f)
{
	const struct dispute *b = f->body;
	struct destination_at *s = f->state;

	if (!path_destination(f))
		return FLOW_FAIL;
	return tell(f, SQL_DESTINATION_DISPUTE, P_CONSORTIUM(f),
		    P_UUID(&s->id), P_OWNER(f), P_INT(f->if_match),
		    P_TEXT(b->reason), P_ACCOUNT(f));
}
