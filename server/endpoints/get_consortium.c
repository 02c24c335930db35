/* GET /v1/consortia/{consortium_id} - one consortium. */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "records/consortium.h"

static flow_step find_consortium, reply_consortium;

const struct endpoint get_consortium = {
	.operation = "getConsortium",
	.method = "GET",
	.path = "/v1/consortia/{consortium_id}",
	.allow = EVERYBODY,
	.is_shared = true,
	.steps = { find_consortium, reply_consortium },
};

static enum flow_next find_consortium(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "consortium_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_CONSORTIUM_BY_ID, P_ID(&id));
}

static enum flow_next reply_consortium(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, CONSORTIUM_VERSION_COLUMN));
	consortium_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
