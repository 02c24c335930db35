/*
 * POST /v1/placements/{placement_id}/refuse - the school does not let its
 * student take the internship that he has found, and says why.
 */
#include "endpoints/application_steps.h"
#include "endpoints/approval.h"

static flow_step refuse_it;

const struct endpoint refuse_placement = {
	.operation = "refusePlacement",
	.method = "POST",
	.path = "/v1/placements/{placement_id}/refuse",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct placement_at),
	.body = decision_shape,
	.body_bytes = sizeof(struct move_text),
	.is_transaction = true,
	.steps = { refuse_it, find_placement, reply_placement },
};

static enum flow_next refuse_it(struct flow *f)
{
	const struct move_text *in = f->body;

	return decide_placement(f, in->reason);
}
