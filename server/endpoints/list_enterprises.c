/* GET /v1/enterprises - the enterprises that the actor may see. */
#include "endpoints/enterprise_steps.h"
#include "endpoints/filters.h"
#include "records/codes.h"

struct enterprise_filter {
	const char *state, *industry, *division, *name, *verified_on;
	int64_t demand_year;
};

static const struct field filter_shape[] = {
	ENUM(struct enterprise_filter, state, enterprise_state_words,
	     OPTIONAL),
	CODE(struct enterprise_filter, industry, 1, 4, code_check_industry,
	     OPTIONAL),
	CODE(struct enterprise_filter, division, 6, 6, code_check_division,
	     OPTIONAL),
	TEXT(struct enterprise_filter, name, 1, 100, OPTIONAL),
	DATE(struct enterprise_filter, verified_on, OPTIONAL),
	INT(struct enterprise_filter, demand_year, 2000, 2100, OPTIONAL),
	END_OF_FIELDS
};

static flow_step check_filter, find_enterprises, reply_enterprises;

const struct endpoint list_enterprises = {
	.operation = "listEnterprises",
	.method = "GET",
	.path = "/v1/enterprises",
	.allow = READERS_OF_ENTERPRISES,
	.query = filter_shape,
	.query_bytes = sizeof(struct enterprise_filter),
	.is_paged = true,
	.steps = { check_filter, find_enterprises, reply_enterprises },
};

static enum flow_next check_filter(struct flow *f)
{
	const struct enterprise_filter *q = f->query;

	if (!q->industry && !q->division)
		return FLOW_NEXT;
	return ask(f, SQL_ENTERPRISE_FILTERS_UNKNOWN, P_TEXT(q->industry),
		   P_TEXT(q->division));
}

static enum flow_next find_enterprises(struct flow *f)
{
	const struct enterprise_filter *q = f->query;

	if (!filters_are_known(f))
		return FLOW_FAIL;
	return ask(f, SQL_ENTERPRISES_LIST, P_CONSORTIUM(f), P_SEES_ALL(f),
		   P_OWNER(f), P_TEXT(q->state), P_TEXT(q->industry),
		   P_TEXT(q->division), P_TEXT(q->name), P_AFTER(f, 0),
		   PAGE_ROWS(f), P_TEXT(q->verified_on),
		   q->demand_year ? P_INT(q->demand_year) : P_NULL);
}

static enum flow_next reply_enterprises(struct flow *f)
{
	return reply_page(f, enterprise_write, ENTERPRISE_ID_COLUMN);
}
