/* GET /v1/schools/{school_id} - one school of the consortium. */
#include "flow/flow.h"
#include "records/school.h"

static flow_step find_school, reply_school;

const struct endpoint get_school = {
	.operation = "getSchool",
	.method = "GET",
	.path = "/v1/schools/{school_id}",
	.allow = { [ROLE_STUDENT] = SCOPE_ALL,
		   [ROLE_ENTERPRISE] = SCOPE_ALL,
		   [ROLE_SCHOOL] = SCOPE_ALL,
		   [ROLE_OFFICE] = SCOPE_ALL,
		   [ROLE_INTEGRATOR] = SCOPE_ALL },
	.steps = { find_school, reply_school },
};

static enum flow_next find_school(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "school_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_SCHOOL_BY_ID, P_CONSORTIUM(f), P_ID(&id));
}

static enum flow_next reply_school(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, SCHOOL_VERSION_COLUMN));
	school_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
