/*
 * DELETE /v1/identity-providers/{provider_id} - and who is known by it. The
 * accounts stay; their sessions go on until they end.
 */
#include "endpoints/identity_provider_steps.h"

static flow_step delete_provider, reply_deleted;

const struct endpoint delete_identity_provider = {
	.operation = "deleteIdentityProvider",
	.method = "DELETE",
	.path = "/v1/identity-providers/{provider_id}",
	.allow = MANAGERS_OF_PROVIDERS,
	.state_bytes = sizeof(struct provider_at),
	.is_conditional = true,
	.steps = { find_identity_provider, delete_provider, reply_deleted },
};

static enum flow_next delete_provider(struct flow *f)
{
	struct provider_at *s = f->state;

	if (!version_fits(f, rows_int(f->rows, 0, PROVIDER_VERSION_COLUMN)))
		return FLOW_FAIL;
	return tell_or(f, FAULT_STALE, SQL_IDENTITY_PROVIDER_DELETE,
		       P_CONSORTIUM(f), P_ID(&s->id), P_INT(f->if_match));
}

static enum flow_next reply_deleted(struct flow *f)
{
	return reply_empty(f, 204);
}
