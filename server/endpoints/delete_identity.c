/*
 * DELETE /v1/me/identities/{identity_id} - be known at a provider no more,
 * until one signs in there again.
 */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "wire/sql.h"

static flow_step remove_identity, reply_removed;

const struct endpoint delete_identity = {
	.operation = "deleteIdentity",
	.method = "DELETE",
	.path = "/v1/me/identities/{identity_id}",
	.allow = PEOPLE_FOR_THEMSELVES,
	.steps = { remove_identity, reply_removed },
};

static enum flow_next remove_identity(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "identity_id", &id))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, SQL_IDENTITY_REMOVE,
		       P_CONSORTIUM(f), P_ACCOUNT(f), P_ID(&id));
}

static enum flow_next reply_removed(struct flow *f)
{
	return reply_empty(f, 204);
}
