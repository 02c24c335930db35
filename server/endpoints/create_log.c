/*
 * POST /v1/placements/{placement_id}/logs - the student reports a week of the
 * internship; once, and late if more than a week after it.
 */
#include "endpoints/log_steps.h"

struct log_new {
	int64_t week;
	const char *text;
};

static const struct field log_shape[] = {
	INT(struct log_new, week, 1, LOG_WEEK_MAX, REQUIRED),
	TEXT(struct log_new, text, 1, 10000, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step report;

const struct endpoint create_log = {
	.operation = "createLog",
	.method = "POST",
	.path = "/v1/placements/{placement_id}/logs",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN },
	.state_bytes = sizeof(struct log_at),
	.body = log_shape,
	.body_bytes = sizeof(struct log_new),
	.is_transaction = true,
	.steps = { report, find_log, reply_new_log },
};

static const struct constraint_flaw refusals[] = {
	{ "internship_log_week_has_begun", "#/week", "out-of-range",
	  "has not begun, or is after the end", "该周尚未开始，或已超出实习期",
	  FAULT_BAD_BODY },
	{ "internship_log_one_a_week", "#/week", "duplicate",
	  "is reported already", "该周已提交周报", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next report(struct flow *f)
{
	const struct log_new *b = f->body;
	struct log_at *s = f->state;
	struct uuid id = uuid_new();

	if (!path_placement(f))
		return FLOW_FAIL;
	s->week = b->week;
	explain_constraints(f, refusals);
	return tell(f, SQL_LOG_ADD, P_CONSORTIUM(f), P_UUID(&s->placement.id),
		    P_OWNER(f), P_UUID(&id), P_INT(b->week), P_TEXT(b->text),
		    P_ACCOUNT(f));
}
