/*
 * POST /v1/rounds/{round_id}/appeals/{appeal_id}/refuse - the office finds that
 * the appeal is not right, and says why.
 */
#include "endpoints/appeal_steps.h"

static flow_step refuse;

const struct endpoint refuse_appeal = {
	.operation = "refuseAppeal",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/appeals/{appeal_id}/refuse",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct appeal_at),
	.body = appeal_answer_shape,
	.body_bytes = sizeof(struct appeal_answer),
	.is_transaction = true,
	.steps = { refuse, find_appeal, reply_appeal },
};

static enum flow_next refuse(struct flow *f)
{
	const struct appeal_answer *b = f->body;

	return move_appeal(f, "refused", b->answer);
}
