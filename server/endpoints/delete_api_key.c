/* DELETE /v1/api-keys/{api_key_id} - a key is over, at once everywhere. */
#include "endpoints/api_key_steps.h"
#include "flow/tokens.h"

static flow_step revoke_key, forget_key;

const struct endpoint delete_api_key = {
	.operation = "deleteApiKey",
	.method = "DELETE",
	.path = "/v1/api-keys/{api_key_id}",
	.allow = KEEPERS_OF_KEYS,
	.steps = { revoke_key, forget_key },
};

static enum flow_next revoke_key(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "api_key_id", &id))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, SQL_API_KEY_REVOKE, P_CONSORTIUM(f),
		       P_ACCOUNT(f), P_ID(&id));
}

static enum flow_next forget_key(struct flow *f)
{
	struct uuid id = rows_uuid(f->rows, 0, 0);

	tokens_forget(f->loop->tokens, &id);
	return reply_empty(f, 204);
}
