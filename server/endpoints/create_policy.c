/*
 * POST /v1/consortia/{consortium_id}/policy - the next version, from now on
 * or from a later day: what held in the past stays as it was.
 */
#include "endpoints/policy_steps.h"
#include "records/policy.h"

static flow_step make_policy, reply_made;

const struct endpoint create_policy = {
	.operation = "createPolicy",
	.method = "POST",
	.path = "/v1/consortia/{consortium_id}/policy",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.body = policy_new_shape,
	.body_bytes = sizeof(struct policy_new),
	.steps = { check_policy, make_policy, reply_made },
};

static const struct constraint_flaw refusals[] = {
	{ "policy_pkey", "#", "duplicate",
	  "another version was made at the same moment",
	  "同一时刻已有另一版本", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next make_policy(struct flow *f)
{
	const char *columns;

	if (!policy_is_sound(f))
		return fail_flaws(f);
	columns = policy_columns(f->body, &f->body_seen, f->mem);
	explain_constraints(f, refusals);
	return tell(f, SQL_POLICY_CREATE, P_CONSORTIUM(f), P_TEXT(columns),
		    P_ACCOUNT(f));
}

static enum flow_next reply_made(struct flow *f)
{
	char id[UUID_TEXT_BYTES];

	uuid_text(&f->actor.consortium_id, id);
	reply_location(f, "/v1/consortia/%s/policy?version=%s", id,
		       rows_text(f->rows, 0, POLICY_VERSION_COLUMN));
	return reply_policy(f, 201);
}
