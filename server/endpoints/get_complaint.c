/* GET /v1/complaints/{complaint_id} - one complaint, with its history. */
#include "endpoints/complaint_steps.h"

static flow_step find_one;

const struct endpoint get_complaint = {
	.operation = "getComplaint",
	.method = "GET",
	.path = "/v1/complaints/{complaint_id}",
	.allow = READERS_OF_COMPLAINTS,
	.state_bytes = sizeof(struct complaint_at),
	.steps = { find_one, reply_complaint },
};

static enum flow_next find_one(struct flow *f)
{
	struct complaint_at *s = f->state;

	if (!path_uuid(f, "complaint_id", &s->id))
		return FLOW_FAIL;
	return find_complaint(f);
}
