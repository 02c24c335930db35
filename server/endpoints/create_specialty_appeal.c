/*
 * POST /v1/specialty-lists/{list_id}/appeals - a school says what it thinks of
 * an entry: it appeals for another outcome, or comments.
 */
#include "endpoints/specialty_edition_steps.h"

struct appeal_new {
	struct uuid entry_id;
	const char *asks, *text;
};

static const struct field appeal_new_shape[] = {
	UUID(struct appeal_new, entry_id, REQUIRED),
	ENUM(struct appeal_new, asks, specialty_decision_words, OPTIONAL),
	TEXT(struct appeal_new, text, 1, 5000, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step make, reply_made;

const struct endpoint create_specialty_appeal = {
	.operation = "createSpecialtyAppeal",
	.method = "POST",
	.path = "/v1/specialty-lists/{list_id}/appeals",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct specialty_at),
	.body = appeal_new_shape,
	.body_bytes = sizeof(struct appeal_new),
	.is_transaction = true,
	.steps = { make, find_specialty_appeal, reply_made },
};

static const struct constraint_flaw refusals[] = {
	{ "specialty_appeal_is_ones_own", "#/entry_id", "not-found",
	  "is no entry of what you teach", "不是本校所设专业的条目",
	  FAULT_BAD_BODY },
	{ "specialty_appeal_asks_another", "#/asks", "inconsistent",
	  "is what stands already", "与现有结果相同", FAULT_BAD_BODY },
	{ "specialty_appeal_one_open", "#", "duplicate",
	  "you have said something of it that is not answered yet",
	  "对该条目的意见尚未答复", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next make(struct flow *f)
{
	const struct appeal_new *b = f->body;
	struct specialty_at *s = f->state;

	if (!path_uuid(f, "list_id", &s->list_id))
		return FLOW_FAIL;
	s->id = uuid_new();
	explain_constraints(f, refusals);
	return tell(f, SQL_SPECIALTY_APPEAL_CREATE, P_CONSORTIUM(f),
		    P_UUID(&s->list_id), P_UUID(&s->id), P_UUID(&b->entry_id),
		    P_UUID(&f->actor.owner_id), P_TEXT(b->asks),
		    P_TEXT(b->text), P_ACCOUNT(f));
}

static enum flow_next reply_made(struct flow *f)
{
	reply_location(f, "/v1/specialty-lists/%s/appeals/%s",
		       path_text(f, "list_id"),
		       rows_text(f->rows, 0, SPECIALTY_APPEAL_ID_COLUMN));
	reply_etag(f, rows_int(f->rows, 0, SPECIALTY_APPEAL_VERSION_COLUMN));
	specialty_appeal_write_whole(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
