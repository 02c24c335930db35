/*
 * POST /v1/access-requests/{access_request_id}/end - an approval is over, said
 * by whoever is responsible or by whom it was for.
 */
#include "endpoints/access_request_steps.h"

static flow_step end;

const struct endpoint end_access_request = {
	.operation = "endAccessRequest",
	.method = "POST",
	.path = "/v1/access-requests/{access_request_id}/end",
	.allow = STAFF,
	.state_bytes = sizeof(struct access_request_at),
	.is_transaction = true,
	.steps = { end, see_decision, reply_decided },
};

static enum flow_next end(struct flow *f)
{
	return decide_access(f, NULL, NULL);
}
