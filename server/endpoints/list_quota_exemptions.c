/*
 * GET /v1/quota-exemptions - what was granted, newest first: one's own, or all
 * for the office.
 */
#include "endpoints/quota_exemption_steps.h"

struct exemption_filter {
	struct uuid enterprise_id;
	const char *state;
};

static const struct field filter_shape[] = {
	UUID(struct exemption_filter, enterprise_id, OPTIONAL),
	ENUM(struct exemption_filter, state, quota_exemption_state_words,
	     OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_exemptions, reply_exemptions;

const struct endpoint list_quota_exemptions = {
	.operation = "listQuotaExemptions",
	.method = "GET",
	.path = "/v1/quota-exemptions",
	.allow = READERS_OF_AN_ENTERPRISE,
	.query = filter_shape,
	.query_bytes = sizeof(struct exemption_filter),
	.is_paged = true,
	.steps = { find_exemptions, reply_exemptions },
};

static enum flow_next find_exemptions(struct flow *f)
{
	const struct exemption_filter *q = f->query;

	return ask(f, SQL_QUOTA_EXEMPTIONS_LIST, P_CONSORTIUM(f), P_OWNER(f),
		   P_UUID(&q->enterprise_id), P_TEXT(q->state), P_AFTER(f, 0),
		   PAGE_ROWS(f));
}

static enum flow_next reply_exemptions(struct flow *f)
{
	return reply_page(f, quota_exemption_write, QUOTA_EXEMPTION_ID_COLUMN);
}
