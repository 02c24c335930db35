/*
 * POST /v1/rounds/{round_id}/runs/{run_id}/cancel - calls off a run that waits
 * or is under way. Its worker finds out at its next heartbeat at the latest;
 * nothing of it is kept, and the round is what it was before.
 */
#include <stddef.h>

#include "flow/flow.h"
#include "records/round.h"
#include "wire/sql.h"

struct cancelling {
	const char *reason;
};

static const struct field cancelling_shape[] = {
	TEXT(struct cancelling, reason, 1, 500, OPTIONAL | TRIMMED),
	END_OF_FIELDS
};

struct run_path {
	struct uuid round_id, run_id;
};

static flow_step find_run, cancel, find_again, reply_run;

const struct endpoint cancel_run = {
	.operation = "cancelRun",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/runs/{run_id}/cancel",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct run_path),
	.body = cancelling_shape,
	.body_bytes = sizeof(struct cancelling),
	.steps = { find_run, cancel, find_again, reply_run },
};

static enum flow_next ask_run(struct flow *f)
{
	struct run_path *s = f->state;

	return ask_one(f, SQL_RUN_BY_ID, P_CONSORTIUM(f), P_UUID(&s->round_id),
		       P_UUID(&s->run_id));
}

static enum flow_next find_run(struct flow *f)
{
	struct run_path *s = f->state;

	if (!path_uuid(f, "round_id", &s->round_id) ||
	    !path_uuid(f, "run_id", &s->run_id))
		return FLOW_FAIL;
	return ask_run(f);
}

/* One that ended meanwhile is refused by its machine. */
static enum flow_next cancel(struct flow *f)
{
	const struct cancelling *b = f->body;
	struct run_path *s = f->state;

	if (!rows_is_null(f->rows, 0, RUN_FINISHED_COLUMN))
		return fail(f, FAULT_BAD_STATE, "the run is over: %s",
			    rows_text(f->rows, 0, RUN_STATE_COLUMN));
	return tell(f, SQL_RUN_CANCEL, P_CONSORTIUM(f), P_UUID(&s->round_id),
		    P_UUID(&s->run_id), P_TEXT(b->reason), P_ACCOUNT(f));
}

static enum flow_next find_again(struct flow *f)
{
	return ask_run(f);
}

static enum flow_next reply_run(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, RUN_VERSION_COLUMN));
	run_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
