/*
 * POST /v1/accounts/{account_id}/totp-reset - for who lost both the telephone
 * and the recovery codes: the second factor is gone, and all sessions end.
 */
#include "endpoints/account_steps.h"

static flow_step reset;

const struct endpoint reset_account_totp = {
	.operation = "resetAccountTotp",
	.method = "POST",
	.path = "/v1/accounts/{account_id}/totp-reset",
	.allow = MANAGERS_OF_ACCOUNTS,
	.steps = { reset, reply_account },
};

static enum flow_next reset(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "account_id", &id))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, SQL_ACCOUNT_TOTP_RESET,
		       P_CONSORTIUM(f), P_ACCOUNT(f), P_UUID(&id));
}
