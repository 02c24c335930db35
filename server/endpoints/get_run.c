/* GET /v1/rounds/{round_id}/runs/{run_id} - how far a run is. */
#include <stddef.h>

#include "flow/flow.h"
#include "records/round.h"
#include "wire/sql.h"

static flow_step find_run, reply_run;

const struct endpoint get_run = {
	.operation = "getRun",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/runs/{run_id}",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.steps = { find_run, reply_run },
};

static enum flow_next find_run(struct flow *f)
{
	struct uuid round_id, run_id;

	if (!path_uuid(f, "round_id", &round_id) ||
	    !path_uuid(f, "run_id", &run_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_RUN_BY_ID, P_CONSORTIUM(f), P_UUID(&round_id),
		       P_UUID(&run_id));
}

static enum flow_next reply_run(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, RUN_VERSION_COLUMN));
	run_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
