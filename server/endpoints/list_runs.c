/* GET /v1/rounds/{round_id}/runs - the runs of a round, newest first. */
#include <stddef.h>

#include "endpoints/round_moves.h"
#include "records/round.h"
#include "wire/sql.h"

static flow_step find_runs, reply_runs;

const struct endpoint list_runs = {
	.operation = "listRuns",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/runs",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct round_move),
	.is_paged = true,
	.steps = { find_round_to_move, find_runs, reply_runs },
};

static enum flow_next find_runs(struct flow *f)
{
	struct round_move *s = f->state;

	return ask(f, SQL_RUNS_OF_ROUND, P_CONSORTIUM(f), P_UUID(&s->round_id),
		   P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_runs(struct flow *f)
{
	return reply_page(f, run_write, RUN_ID_COLUMN);
}
