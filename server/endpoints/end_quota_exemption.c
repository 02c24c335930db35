/*
 * POST /v1/quota-exemptions/{exemption_id}/end - an exemption is over sooner
 * than it was granted for; one that is still to come may never hold.
 */
#include "base/text.h"
#include "endpoints/quota_exemption_steps.h"

struct exemption_end {
	const char *last_day, *reason;
};

static const struct field end_shape[] = {
	DATE(struct exemption_end, last_day, OPTIONAL),
	TEXT(struct exemption_end, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step end_it, see_end, reply_ended;

const struct endpoint end_quota_exemption = {
	.operation = "endQuotaExemption",
	.method = "POST",
	.path = "/v1/quota-exemptions/{exemption_id}/end",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct quota_exemption_at),
	.body = end_shape,
	.body_bytes = sizeof(struct exemption_end),
	.is_transaction = true,
	.steps = { end_it, see_end, reply_ended },
};

static enum flow_next end_it(struct flow *f)
{
	const struct exemption_end *in = f->body;
	struct quota_exemption_at *s = f->state;

	if (!path_uuid(f, "exemption_id", &s->id))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, SQL_QUOTA_EXEMPTION_END,
		       P_CONSORTIUM(f), P_ID(&s->id), P_TEXT(in->last_day),
		       P_TEXT(in->reason), P_ACCOUNT(f));
}

static enum flow_next see_end(struct flow *f)
{
	const char *came = rows_text(f->rows, 0, 0);

	if (text_same(came, "over"))
		return fail(f, FAULT_BAD_STATE, "%s",
			    "the exemption is over");
	if (text_same(came, "range")) {
		flaws_add(&f->flaws, "#/last_day", "out-of-range",
			  "must be yesterday or later, and before the last "
			  "day that it has",
			  "不能早于昨天，且须早于现有的最后一天");
		return fail_flaws(f);
	}
	return find_exemption(f);
}

static enum flow_next reply_ended(struct flow *f)
{
	return reply_exemption(f, 200);
}
