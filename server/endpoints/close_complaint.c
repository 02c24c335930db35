/*
 * POST /v1/complaints/{complaint_id}/close - the office, or whoever made it,
 * lets it rest; one that was not answered only with a reason.
 */
#include "endpoints/complaint_steps.h"

struct complaint_closing {
	const char *reason;
};

static const struct field closing_shape[] = {
	TEXT(struct complaint_closing, reason, 1, 500, NULLABLE | TRIMMED),
	END_OF_FIELDS
};

static flow_step close_it;

const struct endpoint close_complaint = {
	.operation = "closeComplaint",
	.method = "POST",
	.path = "/v1/complaints/{complaint_id}/close",
	.allow = READERS_OF_COMPLAINTS,
	.state_bytes = sizeof(struct complaint_at),
	.body = closing_shape,
	.body_bytes = sizeof(struct complaint_closing),
	.is_transaction = true,
	.steps = { close_it, find_complaint, reply_complaint },
};

static enum flow_next close_it(struct flow *f)
{
	const struct complaint_closing *b = f->body;

	return move_complaint(f, "closed",
			      (struct complaint_end){ .reason = b->reason });
}
