/*
 * POST /v1/applications/{application_id}/shortlist - the enterprise
 * keeps the student in its narrower choice.
 */
#include "endpoints/application_steps.h"

static flow_step shortlist;

const struct endpoint shortlist_application = {
	.operation = "shortlistApplication",
	.method = "POST",
	.path = "/v1/applications/{application_id}/shortlist",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct applying),
	.body = move_shape,
	.body_bytes = sizeof(struct move_text),
	.is_transaction = true,
	.steps = { shortlist, find_application, reply_application },
};

static enum flow_next shortlist(struct flow *f)
{
	return move_application(f, "shortlisted");
}
