/*
 * GET /v1/demand - what the consortium's enterprises want in a year, entry by
 * entry, for schools that plan and for the office.
 */
#include "endpoints/filters.h"
#include "records/codes.h"
#include "records/demand.h"
#include "wire/sql.h"

struct demand_filter {
	int64_t year;
	const char *specialty;
};

static const struct field filter_shape[] = {
	INT(struct demand_filter, year, 2000, 2100, REQUIRED),
	TIDY_CODE(struct demand_filter, specialty, 2, 6,
		  code_check_specialty_target, code_tidy_specialty, OPTIONAL),
	END_OF_FIELDS
};

/* Columns of schema/queries/demand_list.sql after the entry's. */
enum { ENTERPRISE_ID = DEMAND_COLUMNS, ENTERPRISE_NAME, NUMBER };

static flow_step check_filter, find_entries, reply_entries;

const struct endpoint list_demand = {
	.operation = "listDemand",
	.method = "GET",
	.path = "/v1/demand",
	.allow = { [ROLE_SCHOOL] = SCOPE_ALL, [ROLE_OFFICE] = SCOPE_ALL },
	.query = filter_shape,
	.query_bytes = sizeof(struct demand_filter),
	.is_paged = true,
	.steps = { check_filter, find_entries, reply_entries },
};

static enum flow_next check_filter(struct flow *f)
{
	const struct demand_filter *q = f->query;

	return find_unknown_filters(f, &(struct filters){
		.specialty = q->specialty });
}

static enum flow_next find_entries(struct flow *f)
{
	const struct demand_filter *q = f->query;

	if (!filters_are_known(f))
		return FLOW_FAIL;
	return ask(f, SQL_DEMAND_LIST, P_CONSORTIUM(f), P_INT(q->year),
		   P_TEXT(q->specialty), P_AFTER(f, 0), P_AFTER(f, 1),
		   PAGE_ROWS(f));
}

static void write_entry(struct json_writer *w, const struct rows *rows,
			int row)
{
	struct uuid enterprise = rows_uuid(rows, row, ENTERPRISE_ID);

	json_object(w);
	json_member_uuid(w, "enterprise_id", &enterprise);
	json_member_text(w, "enterprise_name",
			 rows_text(rows, row, ENTERPRISE_NAME));
	demand_members(w, rows, row);
	json_end(w);
}

static enum flow_next reply_entries(struct flow *f)
{
	return reply_page(f, write_entry, ENTERPRISE_ID, NUMBER);
}
