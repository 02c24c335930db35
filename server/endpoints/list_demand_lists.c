/* GET /v1/enterprises/{enterprise_id}/demand-lists - for which years. */
#include "endpoints/enterprise_steps.h"
#include "records/members.h"
#include "wire/sql.h"

struct years_of {
	struct uuid enterprise_id;
};

static flow_step find_owner, find_years, reply_years;

const struct endpoint list_demand_lists = {
	.operation = "listDemandLists",
	.method = "GET",
	.path = "/v1/enterprises/{enterprise_id}/demand-lists",
	.allow = READERS_OF_AN_ENTERPRISE,
	.state_bytes = sizeof(struct years_of),
	.steps = { find_owner, find_years, reply_years },
};

static enum flow_next find_owner(struct flow *f)
{
	struct years_of *s = f->state;

	if (!path_enterprise(f, &s->enterprise_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_ENTERPRISE_OWNED, P_CONSORTIUM(f),
		       P_ID(&s->enterprise_id), P_OWNER(f));
}

static enum flow_next find_years(struct flow *f)
{
	struct years_of *s = f->state;

	return ask(f, SQL_DEMAND_YEARS, P_CONSORTIUM(f),
		   P_ID(&s->enterprise_id));
}

static enum flow_next reply_years(struct flow *f)
{
	static const struct member members[] = {
		{ MEMBER_INT, "year" },
		{ MEMBER_INT, "entries" },
		{ MEMBER_INT, "openings" },
		{ MEMBER_INT, "version" },
		{ MEMBER_TIME, "updated_at" },
		{ MEMBER_END, NULL }
	};
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	json_key(w, "items");
	json_array(w);
	for (int i = 0; i < rows_count(f->rows); i++) {
		json_object(w);
		members_write(w, members, f->rows, i);
		json_end(w);
	}
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
