/*
 * POST /v1/applications/{application_id}/withdraw - the student takes it back;
 * with the last one at an enterprise, what it was told is no longer shown.
 */
#include "endpoints/application_steps.h"

static flow_step withdraw;

const struct endpoint withdraw_application = {
	.operation = "withdrawApplication",
	.method = "POST",
	.path = "/v1/applications/{application_id}/withdraw",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN },
	.state_bytes = sizeof(struct applying),
	.body = move_shape,
	.body_bytes = sizeof(struct move_text),
	.is_transaction = true,
	.steps = { withdraw, find_application, reply_application },
};

static enum flow_next withdraw(struct flow *f)
{
	return move_application(f, "withdrawn");
}
