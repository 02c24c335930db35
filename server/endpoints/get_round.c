/* GET /v1/rounds/{round_id} - one round; drafts are the office's. */
#include <stddef.h>

#include "flow/flow.h"
#include "records/round.h"
#include "wire/sql.h"

static flow_step find_round, reply_round;

const struct endpoint get_round = {
	.operation = "getRound",
	.method = "GET",
	.path = "/v1/rounds/{round_id}",
	.allow = { [ROLE_STUDENT] = SCOPE_PUBLIC,
		   [ROLE_ENTERPRISE] = SCOPE_PUBLIC,
		   [ROLE_SCHOOL] = SCOPE_PUBLIC,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.steps = { find_round, reply_round },
};

static enum flow_next find_round(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "round_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_ROUND_BY_ID, P_CONSORTIUM(f), P_UUID(&id),
		       P_BOOL(f->actor.scope == SCOPE_ALL));
}

static enum flow_next reply_round(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, ROUND_VERSION_COLUMN));
	round_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
