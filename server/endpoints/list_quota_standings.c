/*
 * GET /v1/statistics/quotas/enterprises - how each enterprise stands to its
 * floor and cap, the shortest first.
 */
#include "endpoints/filters.h"
#include "records/codes.h"
#include "records/quota_standing.h"

struct standing_filter {
	const char *on, *industry, *division, *size_class;
	bool is_short, has_floor, is_over;
};

static const struct field filter_shape[] = {
	DATE(struct standing_filter, on, OPTIONAL),
	BOOL(struct standing_filter, is_short, OPTIONAL),
	BOOL(struct standing_filter, has_floor, OPTIONAL),
	BOOL(struct standing_filter, is_over, OPTIONAL),
	CODE(struct standing_filter, industry, 1, 4, code_check_industry,
	     OPTIONAL),
	CODE(struct standing_filter, division, 6, 6, code_check_division,
	     OPTIONAL),
	TEXT(struct standing_filter, size_class, 1, 100, OPTIONAL),
	END_OF_FIELDS
};

static flow_step check_filter, find_standings, reply_standings;

const struct endpoint list_quota_standings = {
	.operation = "listQuotaStandings",
	.method = "GET",
	.path = "/v1/statistics/quotas/enterprises",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.query = filter_shape,
	.query_bytes = sizeof(struct standing_filter),
	.is_paged = true,
	.steps = { check_filter, find_standings, reply_standings },
};

static enum flow_next check_filter(struct flow *f)
{
	const struct standing_filter *q = f->query;

	if (!q->industry && !q->division)
		return FLOW_NEXT;
	return ask(f, SQL_ENTERPRISE_FILTERS_UNKNOWN, P_TEXT(q->industry),
		   P_TEXT(q->division));
}

static struct asked truth(const struct flow *f, const char *name, bool truth)
{
	return shape_has(filter_shape, &f->query_seen, name) ?
	       P_BOOL(truth) : P_NULL;
}

static enum flow_next find_standings(struct flow *f)
{
	const struct standing_filter *q = f->query;

	if (!filters_are_known(f))
		return FLOW_FAIL;
	return ask(f, SQL_QUOTA_STANDINGS_LIST, P_CONSORTIUM(f), P_TEXT(q->on),
		   truth(f, "is_short", q->is_short),
		   P_TEXT(q->industry), P_TEXT(q->division),
		   P_TEXT(q->size_class), P_AFTER(f, 0), P_AFTER(f, 1),
		   PAGE_ROWS(f), truth(f, "has_floor", q->has_floor),
		   truth(f, "is_over", q->is_over));
}

static enum flow_next reply_standings(struct flow *f)
{
	return reply_page(f, quota_standing_write,
			  QUOTA_STANDING_SHORTFALL_COLUMN,
			  QUOTA_STANDING_ID_COLUMN);
}
