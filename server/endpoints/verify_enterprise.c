/*
 * POST /v1/enterprises/{enterprise_id}/verify - the office has looked at it,
 * or lets a suspended one go on: from now on it may publish (rule 6.3).
 */
#include "endpoints/enterprise_moves.h"

static flow_step verify;

const struct endpoint verify_enterprise = {
	.operation = "verifyEnterprise",
	.method = "POST",
	.path = "/v1/enterprises/{enterprise_id}/verify",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.steps = { find_enterprise, verify, reply_moved },
};

static enum flow_next verify(struct flow *f)
{
	return move_enterprise(f, "verified", NULL);
}
