/*
 * POST /v1/rounds/{round_id}/publish - a finished, verified run becomes the
 * placements of the round, all of them or none. Students answer by decide_by,
 * whoever is concerned appeals by appeals_by.
 */
#include <stddef.h>

#include "endpoints/round_moves.h"
#include "records/round.h"
#include "wire/sql.h"

struct publication {
	struct uuid run_id;
	const char *decide_by, *appeals_by;
};

static const struct field publication_shape[] = {
	UUID(struct publication, run_id, REQUIRED),
	TIME(struct publication, decide_by, NULLABLE),
	TIME(struct publication, appeals_by, NULLABLE),
	END_OF_FIELDS
};

static flow_step publish;

const struct endpoint publish_round = {
	.operation = "publishRound",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/publish",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 60000,
	.state_bytes = sizeof(struct round_move),
	.body = publication_shape,
	.body_bytes = sizeof(struct publication),
	.steps = { find_round_to_move, publish, find_round_to_move,
		   reply_moved_round },
};

static const struct constraint_flaw refusals[] = {
	{ "round_run_is_done", "#/run_id", "not-found",
	  "is no finished run of this round", "不是该轮次已完成的运行",
	  FAULT_BAD_BODY },
	{ "round_decide_by_is_ahead", "#/decide_by", "out-of-range",
	  "lies ahead, no later than the round's last day",
	  "必须晚于现在且不晚于该轮次的最后一天", FAULT_BAD_BODY },
	{ "round_appeals_by_is_ahead", "#/appeals_by", "out-of-range",
	  "lies ahead, no later than the round's last day",
	  "必须晚于现在且不晚于该轮次的最后一天", FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next publish(struct flow *f)
{
	struct round_move *s = f->state;
	const struct publication *b = f->body;

	if (!round_is(f, "computed"))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_ROUND_PUBLISH, P_CONSORTIUM(f), P_UUID(&s->round_id),
		    P_UUID(&b->run_id), P_ACCOUNT(f), P_INT(s->version),
		    P_TEXT(b->decide_by), P_TEXT(b->appeals_by));
}
