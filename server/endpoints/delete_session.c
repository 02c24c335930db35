/* DELETE /v1/sessions/{session_id} - end one of one's own sessions. */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "flow/tokens.h"

static flow_step revoke, forget_token;

const struct endpoint delete_session = {
	.operation = "deleteSession",
	.method = "DELETE",
	.path = "/v1/sessions/{session_id}",
	.allow = PEOPLE_FOR_THEMSELVES,
	.steps = { revoke, forget_token },
};

static enum flow_next revoke(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "session_id", &id))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, SQL_SESSION_REVOKE, P_CONSORTIUM(f),
		       P_ACCOUNT(f), P_ID(&id));
}

static enum flow_next forget_token(struct flow *f)
{
	struct uuid id = rows_uuid(f->rows, 0, 0);

	tokens_forget(f->loop->tokens, &id);
	return reply_empty(f, 204);
}
