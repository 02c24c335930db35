/* POST /v1/rounds/{round_id}/close - the wishes end. */
#include <stddef.h>

#include "endpoints/round_moves.h"
#include "wire/sql.h"

static flow_step move_round;

const struct endpoint close_round = {
	.operation = "closeRound",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/close",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct round_move),
	.steps = { find_round_to_move, move_round, reply_moved_round },
};

static enum flow_next move_round(struct flow *f)
{
	struct round_move *s = f->state;

	if (!round_is(f, "open"))
		return FLOW_FAIL;
	return tell_or(f, FAULT_BAD_STATE, SQL_ROUND_MOVE, P_CONSORTIUM(f),
		       P_UUID(&s->round_id), P_INT(s->version),
		       P_TEXT("closed"), P_NULL, P_ACCOUNT(f));
}
