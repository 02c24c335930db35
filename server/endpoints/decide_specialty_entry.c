/*
 * POST /v1/specialty-lists/{list_id}/entries/{entry_id}/decide - the office has
 * something else stand than the rule found, and says why; or goes back to it.
 */
#include "endpoints/specialty_edition_steps.h"

struct decision {
	const char *outcome, *reason;
};

static const struct field decision_shape[] = {
	ENUM(struct decision, outcome, specialty_decision_words, REQUIRED),
	TEXT(struct decision, reason, 1, 2000, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step decide;

const struct endpoint decide_specialty_entry = {
	.operation = "decideSpecialtyEntry",
	.method = "POST",
	.path = "/v1/specialty-lists/{list_id}/entries/{entry_id}/decide",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct specialty_at),
	.body = decision_shape,
	.body_bytes = sizeof(struct decision),
	.is_conditional = true,
	.is_transaction = true,
	.steps = { decide, find_specialty_entry, reply_specialty_entry },
};

static enum flow_next decide(struct flow *f)
{
	const struct decision *b = f->body;
	struct specialty_at *s = f->state;

	if (!path_uuid(f, "list_id", &s->list_id) ||
	    !path_uuid(f, "entry_id", &s->id))
		return FLOW_FAIL;
	return tell(f, SQL_SPECIALTY_ENTRY_DECIDE, P_CONSORTIUM(f),
		    P_UUID(&s->list_id), P_UUID(&s->id), P_TEXT(b->outcome),
		    P_TEXT(b->reason), P_ACCOUNT(f), P_INT(f->if_match));
}
