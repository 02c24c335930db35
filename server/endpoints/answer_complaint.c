/* POST /v1/complaints/{complaint_id}/answer - the office says what it found. */
#include "endpoints/complaint_steps.h"

struct complaint_answer {
	const char *answer;
};

static const struct field answer_shape[] = {
	TEXT(struct complaint_answer, answer, 1, 5000, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step answer;

const struct endpoint answer_complaint = {
	.operation = "answerComplaint",
	.method = "POST",
	.path = "/v1/complaints/{complaint_id}/answer",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct complaint_at),
	.body = answer_shape,
	.body_bytes = sizeof(struct complaint_answer),
	.is_transaction = true,
	.steps = { answer, find_complaint, reply_complaint },
};

static enum flow_next answer(struct flow *f)
{
	const struct complaint_answer *b = f->body;

	return move_complaint(f, "answered",
			      (struct complaint_end){ .answer = b->answer });
}
