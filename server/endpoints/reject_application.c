/*
 * POST /v1/applications/{application_id}/reject - the enterprise says no,
 * and why.
 */
#include "endpoints/application_steps.h"

static flow_step reject;

const struct endpoint reject_application = {
	.operation = "rejectApplication",
	.method = "POST",
	.path = "/v1/applications/{application_id}/reject",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct applying),
	.body = decision_shape,
	.body_bytes = sizeof(struct move_text),
	.is_transaction = true,
	.steps = { reject, find_application, reply_application },
};

static enum flow_next reject(struct flow *f)
{
	return move_application(f, "rejected");
}
