/* GET /v1/students/{student_id}/destination - where the student went, and all
 * editions of it. */
#include "endpoints/destination_steps.h"

static flow_step find;

const struct endpoint get_destination = {
	.operation = "getDestination",
	.method = "GET",
	.path = "/v1/students/{student_id}/destination",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_ENTERPRISE] = SCOPE_OWN,
		   [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct destination_at),
	.steps = { find, reply_destination },
};

static enum flow_next find(struct flow *f)
{
	return path_destination(f) ? find_destination(f) : FLOW_FAIL;
}
