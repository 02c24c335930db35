/* GET /v1/placements/{placement_id}/filing - is another province's consent and
 * filing needed, and what is there of them. */
#include "endpoints/filing_steps.h"

static flow_step find;

const struct endpoint get_filing = {
	.operation = "getFiling",
	.method = "GET",
	.path = "/v1/placements/{placement_id}/filing",
	.allow = READERS_OF_PLACEMENTS,
	.state_bytes = sizeof(struct placement_at),
	.steps = { find, reply_filing },
};

static enum flow_next find(struct flow *f)
{
	return path_placement(f) ? find_filing(f) : FLOW_FAIL;
}
