/*
 * GET /v1/rounds/{round_id}/runs/{run_id}/moves - who moves by a run that goes
 * on from a publication, for the office to see before it publishes.
 */
#include <stddef.h>

#include "flow/flow.h"
#include "records/round.h"
#include "wire/sql.h"

struct moves_of {
	struct uuid round_id, run_id;
};

static flow_step find_run, find_moves, reply_moves;

const struct endpoint list_moves = {
	.operation = "listMoves",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/runs/{run_id}/moves",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct moves_of),
	.is_paged = true,
	.steps = { find_run, find_moves, reply_moves },
};

static enum flow_next find_run(struct flow *f)
{
	struct moves_of *s = f->state;

	if (!path_uuid(f, "round_id", &s->round_id) ||
	    !path_uuid(f, "run_id", &s->run_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_RUN_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->round_id), P_UUID(&s->run_id));
}

static enum flow_next find_moves(struct flow *f)
{
	struct moves_of *s = f->state;

	return ask(f, SQL_MOVES_OF_RUN, P_CONSORTIUM(f), P_UUID(&s->run_id),
		   P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_moves(struct flow *f)
{
	return reply_page(f, move_write, MOVE_STUDENT_COLUMN);
}
