/*
 * POST /v1/rounds/{round_id}/run - queues a placement run; a worker takes it.
 * Any number may follow each other before publication, one at a time.
 */
#include <stddef.h>

#include "base/text.h"
#include "endpoints/round_moves.h"
#include "records/round.h"
#include "wire/sql.h"

static flow_step find_size, queue_run, reply_queued;

const struct endpoint run_round = {
	.operation = "runRound",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/run",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 20000,	/* all wishes of the round are counted */
	.state_bytes = sizeof(struct round_move),
	.body = run_new_shape,
	.body_bytes = sizeof(struct run_new),
	.steps = { find_round_to_move, find_size, queue_run, reply_queued },
};

static const struct constraint_flaw refusals[] = {
	{ "run_one_at_a_time", "#", "not-allowed",
	  "a run of this round is under way", "该轮次已有运行在进行",
	  FAULT_CONFLICT },
	{ "run_round_is_closed", "#", "not-allowed",
	  "the round is not closed", "轮次尚未关闭", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next find_size(struct flow *f)
{
	const char *state = rows_text(f->rows, 0, ROUND_STATE_COLUMN);

	if (!text_same(state, "closed") && !text_same(state, "computed") &&
	    !text_same(state, "running"))
		return fail(f, FAULT_BAD_STATE,
			    "the round is %s; it runs once closed", state);
	return ask_run_size(f);
}

static enum flow_next queue_run(struct flow *f)
{
	struct round_move *s = f->state;
	const struct run_new *b = f->body;
	struct uuid id = uuid_new();

	if (!run_fits(f))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_RUN_CREATE, P_CONSORTIUM(f), P_UUID(&id),
		    P_UUID(&s->round_id), P_TEXT(b->mode), P_ACCOUNT(f));
}

static enum flow_next reply_queued(struct flow *f)
{
	reply_location(f, "/v1/rounds/%s/runs/%s", path_text(f, "round_id"),
		       rows_text(f->rows, 0, RUN_ID_COLUMN));
	reply_header(f, "Retry-After", "1");
	reply_etag(f, rows_int(f->rows, 0, RUN_VERSION_COLUMN));
	run_write(reply_json(f, 202), f->rows, 0);
	return FLOW_DONE;
}
