/*
 * POST /v1/rounds/{round_id}/publish - a finished, verified run becomes the
 * placements of the round, all of them or none; or, of a run that goes on from
 * what is published, take the place of those that move. Students answer by
 * decide_by, whoever is concerned appeals by appeals_by.
 */
#include <stddef.h>

#include "base/text.h"
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
	{ "run_goes_on_from_the_published", "#/run_id", "not-allowed",
	  "does not go on from what is published",
	  "不是在已公布结果基础上的重新运行", FAULT_CONFLICT },
	{ "run_moves_nobody_who_accepted", "#/run_id", "not-allowed",
	  "moves somebody who has accepted since: place the round again",
	  "会变动此后已接受安排的学生：请重新运行", FAULT_CONFLICT },
	{ "run_knows_the_rounds_beside", "#/run_id", "not-allowed",
	  "another round of the same seats was published since: run it again",
	  "运行之后，同批名额的另一轮次又已公布：请重新运行", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next publish(struct flow *f)
{
	struct round_move *s = f->state;
	const struct publication *b = f->body;
	bool is_again = text_same(rows_text(f->rows, 0, ROUND_STATE_COLUMN),
				  "published");

	if (!round_is(f, is_again ? "published" : "computed"))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, is_again ? SQL_ROUND_REPUBLISH : SQL_ROUND_PUBLISH,
		    P_CONSORTIUM(f), P_UUID(&s->round_id),
		    P_UUID(&b->run_id), P_ACCOUNT(f), P_INT(s->version),
		    P_TEXT(b->decide_by), P_TEXT(b->appeals_by));
}
