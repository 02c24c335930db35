/*
 * POST /v1/students/{student_id}/follow-ups/{months}/verify - the school has
 * seen that it is so, as it does with destinations (rule 4.10).
 */
#include "endpoints/follow_up_steps.h"

static flow_step verify;

const struct endpoint verify_follow_up = {
	.operation = "verifyFollowUp",
	.method = "POST",
	.path = "/v1/students/{student_id}/follow-ups/{months}/verify",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct follow_up_at),
	.is_conditional = true,
	.is_transaction = true,
	.steps = { verify, find_follow_up, reply_follow_up },
};

static enum flow_next verify(struct flow *f)
{
	struct follow_up_at *s = f->state;

	if (!path_follow_up(f))
		return FLOW_FAIL;
	return tell(f, SQL_FOLLOW_UP_VERIFY, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_INT(s->months), P_OWNER(f), P_INT(f->if_match),
		    P_ACCOUNT(f));
}
