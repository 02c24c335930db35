/*
 * POST /v1/placements/{placement_id}/accept - the student takes the place, if
 * the openings and the caps of rules 1.1 and 1.2 leave one.
 */
#include "endpoints/placement_steps.h"

static flow_step accept_it;

const struct endpoint accept_placement = {
	.operation = "acceptPlacement",
	.method = "POST",
	.path = "/v1/placements/{placement_id}/accept",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN },
	.state_bytes = sizeof(struct placement_at),
	.is_transaction = true,
	.steps = { accept_it, find_placement, reply_placement },
};

static enum flow_next accept_it(struct flow *f)
{
	return move_placement(f, "accepted", NULL);
}
