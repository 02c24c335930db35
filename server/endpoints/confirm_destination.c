/*
 * POST /v1/students/{student_id}/destination/confirm - it is so: says the
 * graduate of what his school entered, or the employer that is asked.
 */
#include "endpoints/destination_steps.h"

static flow_step confirm;

const struct endpoint confirm_destination = {
	.operation = "confirmDestination",
	.method = "POST",
	.path = "/v1/students/{student_id}/destination/confirm",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN,
		   [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct destination_at),
	.is_conditional = true,
	.is_transaction = true,
	.steps = { confirm, find_destination, reply_destination },
};

static enum flow_next confirm(struct flow *f)
{
	struct destination_at *s = f->state;

	if (!path_destination(f))
		return FLOW_FAIL;
	return tell(f, SQL_DESTINATION_CONFIRM, P_CONSORTIUM(f),
		    P_UUID(&s->id), P_OWNER(f), P_INT(f->if_match),
		    P_ACCOUNT(f));
}
