/* POST /v1/postings/{posting_id}/renew - a published posting stays longer. */
#include "endpoints/posting_steps.h"

struct renewal {
	const char *closes_at;
};

static const struct field renewal_shape[] = {
	TIME(struct renewal, closes_at, REQUIRED),
	END_OF_FIELDS
};

/* The column of schema/queries/posting_renew.sql after the posting's. */
enum { STATE_BEFORE = POSTING_COLUMNS };

static flow_step refuse_past, renew, reply_renewed;

const struct endpoint renew_posting = {
	.operation = "renewPosting",
	.method = "POST",
	.path = "/v1/postings/{posting_id}/renew",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.body = renewal_shape,
	.body_bytes = sizeof(struct renewal),
	.steps = { refuse_past, renew, reply_renewed },
};

static enum flow_next refuse_past(struct flow *f)
{
	const struct renewal *in = f->body;

	return ask(f, SQL_TIME_IS_PAST, P_TEXT(in->closes_at));
}

static enum flow_next renew(struct flow *f)
{
	const struct renewal *in = f->body;
	struct uuid id;

	if (!path_uuid(f, "posting_id", &id))
		return FLOW_FAIL;
	if (rows_bool(f->rows, 0, 0)) {
		flaws_add(&f->flaws, "#/closes_at", "out-of-range",
			  "must be after now", "必须晚于当前时间");
		return fail_flaws(f);
	}
	return tell_or(f, FAULT_NOT_FOUND, SQL_POSTING_RENEW, P_CONSORTIUM(f),
		       P_UUID(&id), P_OWNER(f), P_ACCOUNT(f),
		       P_TEXT(in->closes_at));
}

static enum flow_next reply_renewed(struct flow *f)
{
	if (rows_is_null(f->rows, 0, POSTING_ID))
		return fail(f, FAULT_BAD_STATE, "the posting is %s, not "
			    "published", rows_text(f->rows, 0, STATE_BEFORE));
	return reply_posting(f, 200);
}
