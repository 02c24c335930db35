/* GET /v1/placements/{placement_id}/logs/{week} - one weekly report. */
#include "endpoints/log_steps.h"

static flow_step find_one;

const struct endpoint get_log = {
	.operation = "getLog",
	.method = "GET",
	.path = "/v1/placements/{placement_id}/logs/{week}",
	.allow = READERS_OF_PLACEMENTS,
	.state_bytes = sizeof(struct log_at),
	.steps = { find_one, reply_log },
};

static enum flow_next find_one(struct flow *f)
{
	if (!path_week(f))
		return FLOW_FAIL;
	return find_log(f);
}
