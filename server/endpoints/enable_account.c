/*
 * POST /v1/accounts/{account_id}/enable - it signs in again.
 */
#include "endpoints/account_steps.h"

static flow_step enable_it;

const struct endpoint enable_account = {
	.operation = "enableAccount",
	.method = "POST",
	.path = "/v1/accounts/{account_id}/enable",
	.allow = MANAGERS_OF_ACCOUNTS,
	.steps = { enable_it, reply_account },
};

static enum flow_next enable_it(struct flow *f)
{
	return tell_able(f, false);
}
