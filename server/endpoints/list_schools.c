/* GET /v1/schools - the schools of the consortium. */
#include "endpoints/filters.h"
#include "flow/flow.h"
#include "records/codes.h"
#include "records/school.h"

struct school_filter {
	const char *kind, *division_code, *joined_by;
};

static const struct field filter_shape[] = {
	ENUM(struct school_filter, kind, school_kind_words, OPTIONAL),
	CODE(struct school_filter, division_code, 6, 6, code_check_division,
	     OPTIONAL),
	DATE(struct school_filter, joined_by, OPTIONAL),
	END_OF_FIELDS
};

static flow_step check_filter, find_schools, reply_schools;

const struct endpoint list_schools = {
	.operation = "listSchools",
	.method = "GET",
	.path = "/v1/schools",
	.allow = { [ROLE_STUDENT] = SCOPE_ALL,
		   [ROLE_ENTERPRISE] = SCOPE_ALL,
		   [ROLE_SCHOOL] = SCOPE_ALL,
		   [ROLE_OFFICE] = SCOPE_ALL,
		   [ROLE_INTEGRATOR] = SCOPE_ALL },
	.query = filter_shape,
	.query_bytes = sizeof(struct school_filter),
	.is_paged = true,
	.steps = { check_filter, find_schools, reply_schools },
};

static enum flow_next check_filter(struct flow *f)
{
	const struct school_filter *q = f->query;
	struct filters filters = { .division_code = q->division_code };

	return find_unknown_filters(f, &filters);
}

static enum flow_next find_schools(struct flow *f)
{
	const struct school_filter *q = f->query;

	if (!filters_are_known(f))
		return FLOW_FAIL;
	return ask(f, SQL_SCHOOLS_LIST, P_CONSORTIUM(f), P_TEXT(q->kind),
		   P_TEXT(q->division_code), P_AFTER(f, 0), PAGE_ROWS(f),
		   P_TEXT(q->joined_by));
}

static enum flow_next reply_schools(struct flow *f)
{
	return reply_page(f, school_write, SCHOOL_ID_COLUMN);
}
