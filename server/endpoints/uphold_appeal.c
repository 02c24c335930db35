/*
 * POST /v1/rounds/{round_id}/appeals/{appeal_id}/uphold - the office finds that
 * the appeal is right, and says what follows.
 */
#include "endpoints/appeal_steps.h"

static flow_step uphold;

const struct endpoint uphold_appeal = {
	.operation = "upholdAppeal",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/appeals/{appeal_id}/uphold",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct appeal_at),
	.body = appeal_answer_shape,
	.body_bytes = sizeof(struct appeal_answer),
	.is_transaction = true,
	.steps = { uphold, find_appeal, reply_appeal },
};

static enum flow_next uphold(struct flow *f)
{
	const struct appeal_answer *b = f->body;

	return move_appeal(f, "upheld", b->answer);
}
