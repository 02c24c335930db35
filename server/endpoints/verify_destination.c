/*
 * POST /v1/students/{student_id}/destination/verify - the school has seen that
 * it is so: what the graduate confirms, something proves, and no employer
 * denies (rules 4.9, 4.10).
 */
#include "endpoints/destination_steps.h"

static flow_step verify;

const struct endpoint verify_destination = {
	.operation = "verifyDestination",
	.method = "POST",
	.path = "/v1/students/{student_id}/destination/verify",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct destination_at),
	.is_conditional = true,
	.is_transaction = true,
	.steps = { verify, find_destination, reply_destination },
};

static enum flow_next verify(struct flow *f)
{
	struct destination_at *s = f->state;

	if (!path_destination(f))
		return FLOW_FAIL;
	return tell(f, SQL_DESTINATION_VERIFY, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_INT(f->if_match), P_ACCOUNT(f));
}
