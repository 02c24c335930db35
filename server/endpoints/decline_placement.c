/*
 * POST /v1/placements/{placement_id}/decline - the student does not take it,
 * and says why.
 */
#include "endpoints/application_steps.h"
#include "endpoints/placement_steps.h"

static flow_step decline_it;

const struct endpoint decline_placement = {
	.operation = "declinePlacement",
	.method = "POST",
	.path = "/v1/placements/{placement_id}/decline",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN },
	.state_bytes = sizeof(struct placement_at),
	.body = decision_shape,
	.body_bytes = sizeof(struct move_text),
	.is_transaction = true,
	.steps = { decline_it, find_placement, reply_placement },
};

static enum flow_next decline_it(struct flow *f)
{
	const struct move_text *in = f->body;

	return move_placement(f, "declined", in->reason);
}
