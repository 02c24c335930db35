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
		   P_TEXT(f->page.after[0]), P_INT(f->page.limit + 1));
}

static enum flow_next reply_runs(struct flow *f)
{
	struct json_writer *w = reply_json(f, 200);
	int shown = page_rows(f);
	const char *last = shown ? rows_text(f->rows, shown - 1,
					     RUN_ID_COLUMN) : NULL;

	json_object(w);
	json_key(w, "items");
	json_array(w);
	for (int i = 0; i < shown; i++)
		run_write(w, f->rows, i);
	json_end(w);
	reply_next(f, &last, 1);
	json_end(w);
	return FLOW_DONE;
}
