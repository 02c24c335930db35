/*
 * POST /v1/placements/{placement_id}/terminate - any of the three parties ends
 * it before its time, and says why.
 */
#include "endpoints/application_steps.h"
#include "endpoints/placement_steps.h"

static flow_step terminate_it;

const struct endpoint terminate_placement = {
	.operation = "terminatePlacement",
	.method = "POST",
	.path = "/v1/placements/{placement_id}/terminate",
	.allow = PARTIES_OF_PLACEMENTS,
	.state_bytes = sizeof(struct placement_at),
	.body = decision_shape,
	.body_bytes = sizeof(struct move_text),
	.is_transaction = true,
	.steps = { terminate_it, find_placement, reply_placement },
};

static enum flow_next terminate_it(struct flow *f)
{
	const struct move_text *in = f->body;

	return move_placement(f, "terminated", in->reason);
}
