/*
 * POST /v1/rounds/{round_id}/finalize - nothing of the round moves any more;
 * what was accepted goes on as a placement does.
 */
#include <stddef.h>

#include "endpoints/round_moves.h"
#include "records/round.h"
#include "wire/sql.h"

static flow_step finalize;

const struct endpoint finalize_round = {
	.operation = "finalizeRound",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/finalize",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct round_move),
	.steps = { find_round_to_move, finalize, find_round_to_move,
		   reply_moved_round },
};

static const struct constraint_flaw refusals[] = {
	{ "round_appeals_are_over", "#", "not-allowed",
	  "the time to appeal is not over", "申诉期尚未结束", FAULT_CONFLICT },
	{ "round_has_no_open_appeal", "#", "not-allowed",
	  "an appeal waits for its answer", "尚有未决申诉", FAULT_CONFLICT },
	{ "round_is_answered", "#", "not-allowed",
	  "a proposal waits for its answer", "尚有学生未答复", FAULT_CONFLICT },
	{ "round_has_no_run", "#", "not-allowed",
	  "a run of this round is under way", "该轮次已有运行在进行",
	  FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next finalize(struct flow *f)
{
	struct round_move *s = f->state;

	if (!round_is(f, "published"))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_ROUND_FINALIZE, P_CONSORTIUM(f),
		    P_UUID(&s->round_id), P_ACCOUNT(f), P_INT(s->version));
}
