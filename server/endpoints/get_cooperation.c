/* GET /v1/postings/{posting_id}/cooperation - with whom it is held. */
#include "endpoints/cooperation_steps.h"

static flow_step read_path;

const struct endpoint get_cooperation = {
	.operation = "getCooperation",
	.method = "GET",
	.path = "/v1/postings/{posting_id}/cooperation",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_ENTERPRISE] = SCOPE_OWN,
		   [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct cooperation_at),
	.steps = { read_path, find_cooperation, reply_cooperation },
};

static enum flow_next read_path(struct flow *f)
{
	struct cooperation_at *s = f->state;

	return path_uuid(f, "posting_id", &s->id) ? FLOW_NEXT : FLOW_FAIL;
}
