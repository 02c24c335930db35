/*
 * GET /v1/statistics/quotas - what the consortium's enterprises owe and may
 * take, who is there and how many are short, by industry, size or division.
 */
#include "flow/flow.h"
#include "records/quota_standing.h"

struct statistics_query {
	const char *by, *on;
};

static const struct field query_shape[] = {
	ENUM(struct statistics_query, by, quota_group_words, OPTIONAL),
	DATE(struct statistics_query, on, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_sums, reply_sums;

const struct endpoint get_quota_statistics = {
	.operation = "getQuotaStatistics",
	.method = "GET",
	.path = "/v1/statistics/quotas",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.query = query_shape,
	.query_bytes = sizeof(struct statistics_query),
	.steps = { find_sums, reply_sums },
};

static const char *group_by(const struct flow *f)
{
	const struct statistics_query *q = f->query;

	return q->by ? q->by : quota_group_words[0];
}

static enum flow_next find_sums(struct flow *f)
{
	const struct statistics_query *q = f->query;

	return ask(f, SQL_QUOTA_STATISTICS, P_CONSORTIUM(f), P_TEXT(q->on),
		   P_TEXT(group_by(f)));
}

static enum flow_next reply_sums(struct flow *f)
{
	quota_statistics_write(reply_json(f, 200), group_by(f), f->rows);
	return FLOW_DONE;
}
