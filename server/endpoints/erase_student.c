/*
 * POST /v1/students/{student_id}/erase - nothing here says any more who the
 * student was. There is no way back.
 */
#include "flow/flow.h"
#include "flow/tokens.h"
#include "wire/sql.h"

struct erasure {
	const char *reason;
};

struct erasing {
	struct uuid id;
};

static const struct field erasure_shape[] = {
	TEXT(struct erasure, reason, 1, 500, NULLABLE | TRIMMED),
	END_OF_FIELDS
};

static flow_step find_student, erase, forget_tokens;

const struct endpoint erase_student = {
	.operation = "eraseStudent",
	.method = "POST",
	.path = "/v1/students/{student_id}/erase",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct erasing),
	.body = erasure_shape,
	.body_bytes = sizeof(struct erasure),
	.steps = { find_student, erase, forget_tokens },
};

static const struct constraint_flaw refusals[] = {
	{ "student_has_no_place", "#", "not-allowed", "the student has a place",
	  "该学生正在实习安排中", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next find_student(struct flow *f)
{
	struct erasing *s = f->state;

	if (!path_uuid(f, "student_id", &s->id))
		return FLOW_FAIL;
	return ask_one(f, SQL_STUDENT_OWNER, P_CONSORTIUM(f), P_UUID(&s->id),
		       P_OWNER(f));
}

static enum flow_next erase(struct flow *f)
{
	const struct erasure *in = f->body;
	struct erasing *s = f->state;

	explain_constraints(f, refusals);
	return tell(f, SQL_STUDENT_ERASE, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_TEXT(in->reason), P_ACCOUNT(f));
}

static enum flow_next forget_tokens(struct flow *f)
{
	for (int i = 0; i < rows_count(f->rows); i++) {
		struct uuid account = rows_uuid(f->rows, i, 0);

		tokens_forget(f->loop->tokens, &account);
	}
	return reply_empty(f, 204);
}
