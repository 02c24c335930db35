/* GET /v1/destination-freezes - the cohorts that were frozen, newest first. */
#include "flow/flow.h"
#include "records/graduate_destination.h"
#include "wire/sql.h"

struct freeze_filter {
	int64_t graduation_year;	/* 0: not asked for */
};

static const struct field filter_shape[] = {
	INT(struct freeze_filter, graduation_year, 2000, 2100, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_freezes, reply_freezes;

const struct endpoint list_destination_freezes = {
	.operation = "listDestinationFreezes",
	.method = "GET",
	.path = "/v1/destination-freezes",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.query = filter_shape,
	.query_bytes = sizeof(struct freeze_filter),
	.is_paged = true,
	.steps = { find_freezes, reply_freezes },
};

static enum flow_next find_freezes(struct flow *f)
{
	const struct freeze_filter *q = f->query;

	return ask(f, SQL_DESTINATION_FREEZES_LIST, P_CONSORTIUM(f),
		   P_OWNER(f), P_NULL,
		   q->graduation_year ? P_INT(q->graduation_year) : P_NULL,
		   P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_freezes(struct flow *f)
{
	return reply_page(f, destination_freeze_write, FREEZE_ID_COLUMN);
}
