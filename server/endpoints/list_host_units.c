/* GET /v1/schools/{school_id}/host-units - where a school sends interns. What
 * it has not published yet is for itself and the office. */
#include "flow/flow.h"
#include "records/host_unit.h"

static flow_step find_school, find_units, reply_units;

const struct endpoint list_host_units = {
	.operation = "listHostUnits",
	.method = "GET",
	.path = "/v1/schools/{school_id}/host-units",
	.allow = { [ROLE_STUDENT] = SCOPE_ALL, [ROLE_ENTERPRISE] = SCOPE_ALL,
		   [ROLE_SCHOOL] = SCOPE_ALL, [ROLE_OFFICE] = SCOPE_ALL },
	.is_paged = true,
	.state_bytes = sizeof(struct uuid),
	.steps = { find_school, find_units, reply_units },
};

static enum flow_next find_school(struct flow *f)
{
	struct uuid *id = f->state;

	if (!path_uuid(f, "school_id", id))
		return FLOW_FAIL;
	return ask_one(f, SQL_SCHOOL_BY_ID, P_CONSORTIUM(f), P_UUID(id));
}

static enum flow_next find_units(struct flow *f)
{
	struct uuid *id = f->state;
	bool is_seen = f->actor.role == ROLE_OFFICE ||
		       uuid_same(id, &f->actor.owner_id);

	return ask(f, SQL_HOST_UNITS_LIST, P_CONSORTIUM(f), P_UUID(id),
		   P_BOOL(is_seen), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_units(struct flow *f)
{
	return reply_page(f, host_unit_write, HOST_UNIT_ENTERPRISE_COLUMN);
}
