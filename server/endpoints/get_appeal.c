/* GET /v1/rounds/{round_id}/appeals/{appeal_id} - one, with its history. */
#include "endpoints/appeal_steps.h"

static flow_step find_one;

const struct endpoint get_appeal = {
	.operation = "getAppeal",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/appeals/{appeal_id}",
	.allow = READERS_OF_APPEALS,
	.state_bytes = sizeof(struct appeal_at),
	.steps = { find_one, reply_appeal },
};

static enum flow_next find_one(struct flow *f)
{
	struct appeal_at *s = f->state;

	if (!path_uuid(f, "round_id", &s->round_id) ||
	    !path_uuid(f, "appeal_id", &s->id))
		return FLOW_FAIL;
	return find_appeal(f);
}
