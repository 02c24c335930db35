/*
 * POST /v1/quota-notices/{notice_id}/acknowledge - the enterprise, or the
 * office, says that it has read a notice.
 */
#include "endpoints/quota_notice_steps.h"

struct notice_at {
	struct uuid id;
};

static flow_step find_notice, acknowledge, find_again, reply_notice;

const struct endpoint acknowledge_quota_notice = {
	.operation = "acknowledgeQuotaNotice",
	.method = "POST",
	.path = "/v1/quota-notices/{notice_id}/acknowledge",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct notice_at),
	.is_transaction = true,
	.steps = { find_notice, acknowledge, find_again, reply_notice },
};

static enum flow_next ask_notice(struct flow *f)
{
	struct notice_at *s = f->state;

	return ask_one(f, SQL_QUOTA_NOTICE_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->id), P_OWNER(f));
}

static enum flow_next find_notice(struct flow *f)
{
	struct notice_at *s = f->state;

	if (!path_uuid(f, "notice_id", &s->id))
		return FLOW_FAIL;
	return ask_notice(f);
}

static enum flow_next acknowledge(struct flow *f)
{
	struct notice_at *s = f->state;

	return tell(f, SQL_QUOTA_NOTICE_ACKNOWLEDGE, P_CONSORTIUM(f),
		    P_UUID(&s->id), P_OWNER(f), P_TEXT(quota_notice_party(f)),
		    P_ACCOUNT(f));
}

static enum flow_next find_again(struct flow *f)
{
	if (rows_count(f->rows) == 0)
		return fail(f, FAULT_BAD_STATE, "%s",
			    "this notice is acknowledged already");
	return ask_notice(f);
}

static enum flow_next reply_notice(struct flow *f)
{
	quota_notice_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
