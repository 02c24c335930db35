/* GET /v1/quota-exemptions/{exemption_id} - one exemption. */
#include "endpoints/quota_exemption_steps.h"

static flow_step find_one, reply_one;

const struct endpoint get_quota_exemption = {
	.operation = "getQuotaExemption",
	.method = "GET",
	.path = "/v1/quota-exemptions/{exemption_id}",
	.allow = READERS_OF_AN_ENTERPRISE,
	.state_bytes = sizeof(struct quota_exemption_at),
	.steps = { find_one, reply_one },
};

static enum flow_next find_one(struct flow *f)
{
	struct quota_exemption_at *s = f->state;

	if (!path_uuid(f, "exemption_id", &s->id))
		return FLOW_FAIL;
	return find_exemption(f);
}

static enum flow_next reply_one(struct flow *f)
{
	return reply_exemption(f, 200);
}
