/* GET /v1/rounds/{round_id}/runs/{run_id} - how far a run is. */
#include <inttypes.h>

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

/* How far a run is does not make a version; who watches it wants to know. */
static void tag_run(struct flow *f)
{
	int64_t version = rows_int(f->rows, 0, RUN_VERSION_COLUMN);

	if (rows_is_null(f->rows, 0, RUN_PHASE_COLUMN))
		reply_etag(f, version);
	else
		reply_etag_text(f, arena_print(
			f->mem, "\"v%" PRId64 "-%s-%s\"", version,
			rows_text(f->rows, 0, RUN_PHASE_COLUMN),
			rows_text(f->rows, 0, RUN_SHARE_COLUMN)));
}

static enum flow_next reply_run(struct flow *f)
{
	tag_run(f);
	run_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
