/*
 * GET /v1/enterprises/{enterprise_id}/quota/history - what made floor, caps
 * and who is there what they are, the latest first.
 */
#include <string.h>

#include "endpoints/enterprise_steps.h"
#include "records/quota.h"

struct history_filter {
	struct uuid post_category_id;
	const char *cause, *from, *to;
};

struct history_of {
	struct uuid enterprise_id;
};

static const struct field filter_shape[] = {
	UUID(struct history_filter, post_category_id, OPTIONAL),
	ENUM(struct history_filter, cause, quota_cause_words, OPTIONAL),
	DATE(struct history_filter, from, OPTIONAL),
	DATE(struct history_filter, to, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_owner, find_entries, reply_entries;

const struct endpoint list_quota_history = {
	.operation = "listQuotaHistory",
	.method = "GET",
	.path = "/v1/enterprises/{enterprise_id}/quota/history",
	.allow = READERS_OF_AN_ENTERPRISE,
	.state_bytes = sizeof(struct history_of),
	.query = filter_shape,
	.query_bytes = sizeof(struct history_filter),
	.is_paged = true,
	.steps = { find_owner, find_entries, reply_entries },
};

static enum flow_next find_owner(struct flow *f)
{
	const struct history_filter *q = f->query;
	struct history_of *s = f->state;

	if (!path_enterprise(f, &s->enterprise_id))
		return FLOW_FAIL;
	if (q->from && q->to && strcmp(q->to, q->from) < 0) {
		flaws_add(&f->flaws, "to", "inconsistent",
			  "must not be before from", "不能早于 from");
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	}
	return ask_one(f, SQL_ENTERPRISE_OWNED, P_CONSORTIUM(f),
		       P_ID(&s->enterprise_id), P_OWNER(f));
}

static enum flow_next find_entries(struct flow *f)
{
	const struct history_filter *q = f->query;
	struct history_of *s = f->state;

	return ask(f, SQL_QUOTA_ENTRIES_LIST, P_CONSORTIUM(f),
		   P_ID(&s->enterprise_id), P_UUID(&q->post_category_id),
		   P_TEXT(q->cause), P_TEXT(q->from), P_TEXT(q->to),
		   P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_entries(struct flow *f)
{
	return reply_page(f, quota_entry_write, QUOTA_ENTRY_SEQ_COLUMN);
}
