/*
 * POST /v1/placements/{placement_id}/approve - the school lets its student take
 * the internship that he has found (rule 1.17).
 */
#include "endpoints/approval.h"

static flow_step approve_it;

const struct endpoint approve_placement = {
	.operation = "approvePlacement",
	.method = "POST",
	.path = "/v1/placements/{placement_id}/approve",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct placement_at),
	.is_transaction = true,
	.steps = { approve_it, find_placement, reply_placement },
};

static enum flow_next approve_it(struct flow *f)
{
	return decide_placement(f, NULL);
}
