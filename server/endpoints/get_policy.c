/*
 * GET /v1/consortia/{consortium_id}/policy - the version in force: now, or at
 * a time; or the version named.
 */
#include "endpoints/policy_steps.h"

struct policy_choice {
	int64_t version;
	const char *at;
};

static const struct field choice_shape[] = {
	INT(struct policy_choice, version, 1, INT32_MAX, OPTIONAL),
	TIME(struct policy_choice, at, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_policy, reply_found;

const struct endpoint get_policy = {
	.operation = "getPolicy",
	.method = "GET",
	.path = "/v1/consortia/{consortium_id}/policy",
	.allow = READERS_OF_POLICY,
	.query = choice_shape,
	.query_bytes = sizeof(struct policy_choice),
	.steps = { find_policy, reply_found },
};

static enum flow_next find_policy(struct flow *f)
{
	const struct policy_choice *q = f->query;

	if (!path_is_own_consortium(f))
		return FLOW_FAIL;
	if (q->version && q->at) {
		flaws_add(&f->flaws, "at", "inconsistent",
			  "cannot go with version", "不能与 version 同时使用");
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	}
	return ask_one(f, SQL_POLICY_READ, P_CONSORTIUM(f),
		       q->version ? P_INT(q->version) : P_NULL, P_TEXT(q->at));
}

static enum flow_next reply_found(struct flow *f)
{
	return reply_policy(f, 200);
}
