/*
 * POST /v1/specialty-lists/{list_id}/cancel - nothing comes of an edition that
 * is not published, and why.
 */
#include "endpoints/specialty_edition_steps.h"

struct cancelling {
	const char *reason;
};

static const struct field cancelling_shape[] = {
	TEXT(struct cancelling, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step cancel;

const struct endpoint cancel_specialty_list = {
	.operation = "cancelSpecialtyList",
	.method = "POST",
	.path = "/v1/specialty-lists/{list_id}/cancel",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct specialty_at),
	.body = cancelling_shape,
	.body_bytes = sizeof(struct cancelling),
	.is_transaction = true,
	.steps = { cancel, find_specialty_edition, reply_specialty_edition },
};

static enum flow_next cancel(struct flow *f)
{
	const struct cancelling *b = f->body;

	return move_specialty_list(f, "cancelled", NULL, b->reason);
}
