/*
 * POST /v1/specialty-lists/{list_id}/appeals/{specialty_appeal_id}/answer - the
 * office upholds or refuses it, and says why; upheld, the entry changes.
 */
#include "base/text.h"
#include "endpoints/specialty_edition_steps.h"

struct answer {
	const char *verdict, *outcome, *answer;
};

static const char *const verdict_words[] = { "upheld", "refused", NULL };

static const struct field answer_shape[] = {
	ENUM(struct answer, verdict, verdict_words, REQUIRED),
	ENUM(struct answer, outcome, specialty_decision_words, OPTIONAL),
	TEXT(struct answer, answer, 1, 2000, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step answer;

const struct endpoint answer_specialty_appeal = {
	.operation = "answerSpecialtyAppeal",
	.method = "POST",
	.path = "/v1/specialty-lists/{list_id}/appeals/{specialty_appeal_id}"
		"/answer",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct specialty_at),
	.body = answer_shape,
	.body_bytes = sizeof(struct answer),
	.is_transaction = true,
	.steps = { answer, find_specialty_appeal, reply_specialty_appeal },
};

static const struct constraint_flaw refusals[] = {
	{ "specialty_appeal_has_outcome", "#/outcome", "required",
	  "is required where an appeal is upheld", "支持申诉时必填",
	  FAULT_BAD_BODY },
	{ "specialty_appeal_changes_it", "#/outcome", "inconsistent",
	  "is what stands already", "与现有结果相同", FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next answer(struct flow *f)
{
	const struct answer *b = f->body;
	struct specialty_at *s = f->state;

	if (!path_uuid(f, "list_id", &s->list_id) ||
	    !path_uuid(f, "specialty_appeal_id", &s->id))
		return FLOW_FAIL;
	if (b->outcome && text_same(b->verdict, "refused")) {
		flaws_add(&f->flaws, "#/outcome", "not-allowed",
			  "goes with an appeal that is upheld",
			  "仅在支持申诉时填写");
		return fail_flaws(f);
	}
	explain_constraints(f, refusals);
	return tell(f, SQL_SPECIALTY_APPEAL_MOVE, P_CONSORTIUM(f),
		    P_UUID(&s->list_id), P_UUID(&s->id), P_NULL,
		    P_TEXT(b->verdict), P_TEXT(b->outcome), P_TEXT(b->answer),
		    P_ACCOUNT(f));
}
