/*
 * GET /v1/quota-notices - who came under a floor, or near, to or over a cap,
 * and whether it is still so; the latest first.
 */
#include "endpoints/filters.h"
#include "endpoints/quota_notice_steps.h"

struct notice_filter {
	struct uuid enterprise_id;
	const char *kind;
	bool is_open, is_acknowledged;
};

static const struct field filter_shape[] = {
	UUID(struct notice_filter, enterprise_id, OPTIONAL),
	ENUM(struct notice_filter, kind, quota_notice_words, OPTIONAL),
	BOOL(struct notice_filter, is_open, OPTIONAL),
	BOOL(struct notice_filter, is_acknowledged, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_notices, reply_notices;

const struct endpoint list_quota_notices = {
	.operation = "listQuotaNotices",
	.method = "GET",
	.path = "/v1/quota-notices",
	.allow = READERS_OF_AN_ENTERPRISE,
	.query = filter_shape,
	.query_bytes = sizeof(struct notice_filter),
	.is_paged = true,
	.steps = { find_notices, reply_notices },
};

static enum flow_next find_notices(struct flow *f)
{
	const struct notice_filter *q = f->query;

	return ask(f, SQL_QUOTA_NOTICES_LIST, P_CONSORTIUM(f), P_OWNER(f),
		   P_UUID(&q->enterprise_id), P_TEXT(q->kind),
		   asked_truth(f, "is_open", q->is_open),
		   asked_truth(f, "is_acknowledged", q->is_acknowledged),
		   P_TEXT(quota_notice_party(f)), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_notices(struct flow *f)
{
	return reply_page(f, quota_notice_write, QUOTA_NOTICE_ID_COLUMN);
}
