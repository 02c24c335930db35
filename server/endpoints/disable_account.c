/*
 * POST /v1/accounts/{account_id}/disable - an account is over until it is
 * enabled; its sessions end at once, on every server.
 */
#include "endpoints/account_steps.h"

static flow_step disable_it;

const struct endpoint disable_account = {
	.operation = "disableAccount",
	.method = "POST",
	.path = "/v1/accounts/{account_id}/disable",
	.allow = MANAGERS_OF_ACCOUNTS,
	.steps = { disable_it, reply_account },
};

static enum flow_next disable_it(struct flow *f)
{
	return tell_able(f, true);
}
