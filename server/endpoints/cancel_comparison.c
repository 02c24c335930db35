/*
 * POST /v1/rounds/{round_id}/comparisons/{comparison_id}/cancel - calls off a
 * comparison that waits or is under way. Its worker finds out at its next
 * heartbeat at the latest; nothing of it is kept.
 */
#include <stddef.h>

#include "flow/flow.h"
#include "records/comparison.h"
#include "wire/sql.h"

struct cancelling {
	const char *reason;
};

static const struct field cancelling_shape[] = {
	TEXT(struct cancelling, reason, 1, 500, OPTIONAL | TRIMMED),
	END_OF_FIELDS
};

struct comparison_path {
	struct uuid round_id, comparison_id;
};

static flow_step find_comparison, cancel, reply_comparison;

const struct endpoint cancel_comparison = {
	.operation = "cancelComparison",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/comparisons/{comparison_id}/cancel",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct comparison_path),
	.body = cancelling_shape,
	.body_bytes = sizeof(struct cancelling),
	.steps = { find_comparison, cancel, reply_comparison },
};

static enum flow_next find_comparison(struct flow *f)
{
	struct comparison_path *s = f->state;

	if (!path_uuid(f, "round_id", &s->round_id) ||
	    !path_uuid(f, "comparison_id", &s->comparison_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_COMPARISON_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->round_id), P_UUID(&s->comparison_id));
}

/* One that ended meanwhile has no row. */
static enum flow_next cancel(struct flow *f)
{
	const struct cancelling *b = f->body;
	struct comparison_path *s = f->state;

	if (!rows_is_null(f->rows, 0, COMPARISON_FINISHED))
		return fail(f, FAULT_BAD_STATE, "the comparison is over: %s",
			    rows_text(f->rows, 0, COMPARISON_STATE));
	return tell_or(f, FAULT_BAD_STATE, SQL_COMPARISON_CANCEL,
		       P_CONSORTIUM(f), P_UUID(&s->round_id),
		       P_UUID(&s->comparison_id), P_TEXT(b->reason),
		       P_ACCOUNT(f));
}

static enum flow_next reply_comparison(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, COMPARISON_VERSION));
	comparison_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
