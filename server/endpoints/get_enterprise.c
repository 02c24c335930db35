/* GET /v1/enterprises/{enterprise_id} - one enterprise of the consortium. */
#include "endpoints/enterprise_steps.h"

static flow_step reply_found;

const struct endpoint get_enterprise = {
	.operation = "getEnterprise",
	.method = "GET",
	.path = "/v1/enterprises/{enterprise_id}",
	.allow = READERS_OF_ENTERPRISES,
	.steps = { find_enterprise, reply_found },
};

static enum flow_next reply_found(struct flow *f)
{
	return reply_enterprise(f, 200);
}
