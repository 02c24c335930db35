/* GET /v1/placements/{placement_id} - one placement, with its cutoff. */
#include <stddef.h>

#include "flow/flow.h"
#include "records/placement.h"
#include "wire/sql.h"

static flow_step find_placement, reply_placement;

const struct endpoint get_placement = {
	.operation = "getPlacement",
	.method = "GET",
	.path = "/v1/placements/{placement_id}",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN,
		   [ROLE_ENTERPRISE] = SCOPE_OWN,
		   [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.steps = { find_placement, reply_placement },
};

static enum flow_next find_placement(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "placement_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_PLACEMENT_BY_ID, P_CONSORTIUM(f), P_UUID(&id),
		       P_OWNER(f));
}

static enum flow_next reply_placement(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, PLACEMENT_VERSION_COLUMN));
	placement_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
