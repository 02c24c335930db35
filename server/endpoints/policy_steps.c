/* policy_steps.c - see policy_steps.h. */
#include "endpoints/policy_steps.h"

#include "records/policy.h"

bool path_is_own_consortium(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "consortium_id", &id))
		return false;
	return uuid_same(&id, &f->actor.consortium_id) ||
	       fail(f, FAULT_NOT_FOUND, "%s", "") != FLOW_FAIL;
}

enum flow_next reply_policy(struct flow *f, int status)
{
	reply_etag(f, rows_int(f->rows, 0, POLICY_VERSION_COLUMN));
	policy_write(reply_json(f, status), f->rows, 0);
	return FLOW_DONE;
}
