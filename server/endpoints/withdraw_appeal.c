/*
 * POST /v1/rounds/{round_id}/appeals/{appeal_id}/withdraw - whoever made it
 * takes it back.
 */
#include "endpoints/appeal_steps.h"

static flow_step withdraw;

const struct endpoint withdraw_appeal = {
	.operation = "withdrawAppeal",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/appeals/{appeal_id}/withdraw",
	.allow = PARTIES_OF_APPEALS,
	.state_bytes = sizeof(struct appeal_at),
	.is_transaction = true,
	.steps = { withdraw, find_appeal, reply_appeal },
};

static enum flow_next withdraw(struct flow *f)
{
	return move_appeal(f, "withdrawn", NULL);
}
