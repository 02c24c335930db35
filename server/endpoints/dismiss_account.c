/*
 * POST /v1/accounts/{account_id}/dismiss - somebody is responsible no more.
 * What was approved holds until it ends.
 */
#include "endpoints/account_steps.h"

static flow_step dismiss;

const struct endpoint dismiss_account = {
	.operation = "dismissAccount",
	.method = "POST",
	.path = "/v1/accounts/{account_id}/dismiss",
	.allow = MANAGERS_OF_ACCOUNTS,
	.steps = { dismiss, reply_account },
};

static enum flow_next dismiss(struct flow *f)
{
	return tell_responsible(f, false);
}
