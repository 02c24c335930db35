/* DELETE /v1/sessions/current - sign out: the token dies on every server. */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "flow/tokens.h"

static flow_step end_session, forget_token;

const struct endpoint delete_current_session = {
	.operation = "deleteCurrentSession",
	.method = "DELETE",
	.path = "/v1/sessions/current",
	.allow = PEOPLE_FOR_THEMSELVES,
	.steps = { end_session, forget_token },
};

static enum flow_next end_session(struct flow *f)
{
	return tell(f, SQL_SESSION_END, P_CONSORTIUM(f),
		    P_ID(&f->actor.session_id));
}

static enum flow_next forget_token(struct flow *f)
{
	tokens_forget(f->loop->tokens, &f->actor.session_id);
	return reply_empty(f, 204);
}
