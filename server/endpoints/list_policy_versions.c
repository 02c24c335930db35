/* GET /v1/consortia/{consortium_id}/policy/versions - all, newest first. */
#include "endpoints/policy_steps.h"
#include "records/policy.h"

static flow_step find_versions, reply_versions;

const struct endpoint list_policy_versions = {
	.operation = "listPolicyVersions",
	.method = "GET",
	.path = "/v1/consortia/{consortium_id}/policy/versions",
	.allow = READERS_OF_POLICY,
	.is_paged = true,
	.steps = { find_versions, reply_versions },
};

static enum flow_next find_versions(struct flow *f)
{
	if (!path_is_own_consortium(f))
		return FLOW_FAIL;
	return ask(f, SQL_POLICY_VERSIONS, P_CONSORTIUM(f), P_AFTER(f, 0),
		   PAGE_ROWS(f));
}

static enum flow_next reply_versions(struct flow *f)
{
	return reply_page(f, policy_write, POLICY_VERSION_COLUMN);
}
