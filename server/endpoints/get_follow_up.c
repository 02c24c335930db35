/* GET /v1/students/{student_id}/follow-ups/{months} - where a graduate is so
 * many months later. */
#include "endpoints/follow_up_steps.h"

static flow_step find;

const struct endpoint get_follow_up = {
	.operation = "getFollowUp",
	.method = "GET",
	.path = "/v1/students/{student_id}/follow-ups/{months}",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct follow_up_at),
	.steps = { find, reply_follow_up },
};

static enum flow_next find(struct flow *f)
{
	return path_follow_up(f) ? find_follow_up(f) : FLOW_FAIL;
}
