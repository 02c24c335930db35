/* POST /v1/postings/{posting_id}/close - a published posting is taken back. */
#include "endpoints/posting_steps.h"

struct closing {
	const char *reason;
};

static const struct field closing_shape[] = {
	TEXT(struct closing, reason, 1, 500, NULLABLE | TRIMMED),
	END_OF_FIELDS
};

/* The column of schema/queries/posting_close.sql after the posting's. */
enum { STATE_BEFORE = POSTING_COLUMNS };

static flow_step close_it, reply_closed;

const struct endpoint close_posting = {
	.operation = "closePosting",
	.method = "POST",
	.path = "/v1/postings/{posting_id}/close",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.body = closing_shape,
	.body_bytes = sizeof(struct closing),
	.steps = { close_it, reply_closed },
};

static enum flow_next close_it(struct flow *f)
{
	const struct closing *in = f->body;
	struct uuid id;

	if (!path_uuid(f, "posting_id", &id))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, SQL_POSTING_CLOSE, P_CONSORTIUM(f),
		       P_UUID(&id), P_OWNER(f), P_ACCOUNT(f),
		       P_TEXT(in->reason));
}

static enum flow_next reply_closed(struct flow *f)
{
	if (rows_is_null(f->rows, 0, POSTING_ID))
		return fail(f, FAULT_BAD_STATE, "the posting is %s, not "
			    "published", rows_text(f->rows, 0, STATE_BEFORE));
	return reply_posting(f, 200);
}
