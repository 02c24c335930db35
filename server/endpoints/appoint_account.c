/*
 * POST /v1/accounts/{account_id}/appoint - make somebody responsible for what
 * is read of minors (rule 5.8): not by oneself.
 */
#include "endpoints/account_steps.h"

static flow_step appoint;

const struct endpoint appoint_account = {
	.operation = "appointAccount",
	.method = "POST",
	.path = "/v1/accounts/{account_id}/appoint",
	.allow = MANAGERS_OF_ACCOUNTS,
	.steps = { appoint, reply_account },
};

static enum flow_next appoint(struct flow *f)
{
	return tell_responsible(f, true);
}
