/*
 * GET /v1/enterprises/{enterprise_id}/quota - floor, caps and who is there,
 * today or in a period.
 */
#include <string.h>

#include "endpoints/enterprise_steps.h"
#include "records/quota.h"

struct quota_period {
	const char *from, *to;
};

struct quota_of {
	struct uuid enterprise_id;
};

static const struct field period_shape[] = {
	DATE(struct quota_period, from, OPTIONAL),
	DATE(struct quota_period, to, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_owner, find_quota, reply_quota;

const struct endpoint get_quota = {
	.operation = "getQuota",
	.method = "GET",
	.path = "/v1/enterprises/{enterprise_id}/quota",
	.allow = READERS_OF_AN_ENTERPRISE,
	.state_bytes = sizeof(struct quota_of),
	.query = period_shape,
	.query_bytes = sizeof(struct quota_period),
	.steps = { find_owner, find_quota, reply_quota },
};

/* Dates of four-digit years: their order is that of the texts. */
static void check_period(struct flow *f)
{
	const struct quota_period *q = f->query;

	if (q->to && !q->from)
		flaws_add(&f->flaws, "from", "required",
			  "is required with to", "与 to 一起必填");
	else if (q->to && strcmp(q->to, q->from) < 0)
		flaws_add(&f->flaws, "to", "inconsistent",
			  "must not be before from", "不能早于 from");
}

static enum flow_next find_owner(struct flow *f)
{
	struct quota_of *s = f->state;

	if (!path_enterprise(f, &s->enterprise_id))
		return FLOW_FAIL;
	check_period(f);
	if (f->flaws.count)
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	return ask_one(f, SQL_ENTERPRISE_OWNED, P_CONSORTIUM(f),
		       P_ID(&s->enterprise_id), P_OWNER(f));
}

static enum flow_next find_quota(struct flow *f)
{
	const struct quota_period *q = f->query;
	struct quota_of *s = f->state;

	return ask(f, SQL_ENTERPRISE_QUOTA, P_CONSORTIUM(f),
		   P_ID(&s->enterprise_id), P_TEXT(q->from), P_TEXT(q->to));
}

static enum flow_next reply_quota(struct flow *f)
{
	struct quota_of *s = f->state;

	if (rows_count(f->rows) == 0)
		return fail(f, FAULT_NOT_FOUND, "%s",
			    "no policy of the consortium is in force");
	quota_write(reply_json(f, 200), &s->enterprise_id, f->rows);
	return FLOW_DONE;
}
