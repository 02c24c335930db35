/*
 * POST /v1/placements/{placement_id}/evaluations - what the student thinks of
 * the enterprise, or it of him, once it has ended; once.
 */
#include "endpoints/placement_steps.h"
#include "records/evaluation.h"

struct evaluation_new {
	int64_t score;
	const char *text;
};

static const struct field evaluation_shape[] = {
	INT(struct evaluation_new, score, 1, 5, REQUIRED),
	TEXT(struct evaluation_new, text, 1, 2000, NULLABLE | TRIMMED),
	END_OF_FIELDS
};

static flow_step evaluate, reply_evaluation;

const struct endpoint create_evaluation = {
	.operation = "createEvaluation",
	.method = "POST",
	.path = "/v1/placements/{placement_id}/evaluations",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct placement_at),
	.body = evaluation_shape,
	.body_bytes = sizeof(struct evaluation_new),
	.is_transaction = true,
	.steps = { evaluate, reply_evaluation },
};

static const struct constraint_flaw refusals[] = {
	{ "evaluation_once", "#", "duplicate", "you have evaluated it already",
	  "您已评价过", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next evaluate(struct flow *f)
{
	const struct evaluation_new *b = f->body;
	struct placement_at *s = f->state;
	struct uuid id = uuid_new();

	if (!path_placement(f))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_EVALUATION_ADD, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_UUID(&id),
		    P_TEXT(role_word(f->actor.role)), P_INT(b->score),
		    P_TEXT(b->text), P_ACCOUNT(f));
}

static enum flow_next reply_evaluation(struct flow *f)
{
	reply_location(f, "/v1/placements/%s/evaluations",
		       rows_text(f->rows, 0, EVALUATION_PLACEMENT_COLUMN));
	evaluation_write(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
