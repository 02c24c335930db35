/*
 * GET /v1/enterprises/{enterprise_id}/quota - floor, caps and who is there,
 * today, in a period, or on a day as it is or was known.
 */
#include <string.h>

#include "endpoints/enterprise_steps.h"
#include "records/quota.h"

struct quota_days {
	const char *from, *to, *on;
};

struct quota_of {
	struct uuid enterprise_id;
};

static const struct field days_shape[] = {
	DATE(struct quota_days, from, OPTIONAL),
	DATE(struct quota_days, to, OPTIONAL),
	DATE(struct quota_days, on, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_owner, find_quota, find_recorded, reply_quota;

const struct endpoint get_quota = {
	.operation = "getQuota",
	.method = "GET",
	.path = "/v1/enterprises/{enterprise_id}/quota",
	.allow = READERS_OF_AN_ENTERPRISE,
	.state_bytes = sizeof(struct quota_of),
	.query = days_shape,
	.query_bytes = sizeof(struct quota_days),
	.steps = { find_owner, find_quota, find_recorded, reply_quota },
};

/* Dates of four-digit years: their order is that of the texts. */
static void check_days(struct flow *f)
{
	const struct quota_days *q = f->query;

	if (q->on && q->from)
		flaws_add(&f->flaws, "on", "inconsistent",
			  "is a day or a period, not both",
			  "不能与 from 同时使用");
	else if (q->to && !q->from)
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
	check_days(f);
	if (f->flaws.count)
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	return ask_one(f, SQL_ENTERPRISE_OWNED, P_CONSORTIUM(f),
		       P_ID(&s->enterprise_id), P_OWNER(f));
}

static enum flow_next find_quota(struct flow *f)
{
	const struct quota_days *q = f->query;
	struct quota_of *s = f->state;

	return ask(f, SQL_ENTERPRISE_QUOTA, P_CONSORTIUM(f),
		   P_ID(&s->enterprise_id), P_TEXT(q->from), P_TEXT(q->to),
		   P_TEXT(q->on));
}

/* Of a past day there is only what was recorded. */
static enum flow_next find_recorded(struct flow *f)
{
	const struct quota_days *q = f->query;
	struct quota_of *s = f->state;

	if (rows_count(f->rows) > 0 || !q->on)
		return FLOW_NEXT;
	return ask(f, SQL_QUOTA_RECORDED, P_CONSORTIUM(f),
		   P_ID(&s->enterprise_id), P_TEXT(q->on));
}

static enum flow_next reply_quota(struct flow *f)
{
	const struct quota_days *q = f->query;
	struct quota_of *s = f->state;

	if (rows_count(f->rows) == 0 && q->on)
		return fail(f, FAULT_NOT_FOUND,
			    "no policy is in force then, or the enterprise has"
			    " no ledger of that day");
	if (rows_count(f->rows) == 0)
		return fail(f, FAULT_NOT_FOUND,
			    "no policy of the consortium is in force");
	quota_write(reply_json(f, 200), &s->enterprise_id, f->rows);
	return FLOW_DONE;
}
