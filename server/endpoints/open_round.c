/* POST /v1/rounds/{round_id}/open - wishes begin, under the policy of now. */
#include <stddef.h>

#include "endpoints/round_moves.h"
#include "wire/sql.h"

static flow_step move_round;

const struct endpoint open_round = {
	.operation = "openRound",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/open",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct round_move),
	.steps = { find_round_to_move, move_round, reply_moved_round },
};

static const struct constraint_flaw refusals[] = {
	{ "round_has_policy", "#", "not-found",
	  "the consortium has no policy in force", "联合体尚无生效的政策",
	  FAULT_CONFLICT },
	{ "round_window_lasts", "#", "inconsistent",
	  "closes_at has passed", "closes_at 已过", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next move_round(struct flow *f)
{
	struct round_move *s = f->state;

	if (!round_is(f, "draft"))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell_or(f, FAULT_BAD_STATE, SQL_ROUND_OPEN, P_CONSORTIUM(f),
		       P_UUID(&s->round_id), P_INT(s->version), P_ACCOUNT(f));
}
