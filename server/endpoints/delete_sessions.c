/* DELETE /v1/sessions - sign out everywhere but here. */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "flow/tokens.h"

static flow_step revoke_others, forget_tokens;

const struct endpoint delete_sessions = {
	.operation = "deleteSessions",
	.method = "DELETE",
	.path = "/v1/sessions",
	.allow = PEOPLE_FOR_THEMSELVES,
	.steps = { revoke_others, forget_tokens },
};

static enum flow_next revoke_others(struct flow *f)
{
	return tell(f, SQL_SESSIONS_REVOKE, P_CONSORTIUM(f), P_ACCOUNT(f),
		    P_ID(&f->actor.session_id));
}

/* The session that asks is soon known again. */
static enum flow_next forget_tokens(struct flow *f)
{
	tokens_forget(f->loop->tokens, &f->actor.account_id);
	return reply_empty(f, 204);
}
