/* GET /v1/placements/{placement_id} - one placement, with its cutoff. */
#include "endpoints/placement_steps.h"

static flow_step find_one;

const struct endpoint get_placement = {
	.operation = "getPlacement",
	.method = "GET",
	.path = "/v1/placements/{placement_id}",
	.allow = READERS_OF_PLACEMENTS,
	.state_bytes = sizeof(struct placement_at),
	.steps = { find_one, reply_placement },
};

static enum flow_next find_one(struct flow *f)
{
	if (!path_placement(f))
		return FLOW_FAIL;
	return find_placement(f);
}
