/*
 * GET /v1/specialty-lists/{list_id}/appeals - what one's own school said of an
 * edition, or all for the office; newest first.
 */
#include "endpoints/filters.h"
#include "endpoints/specialty_edition_steps.h"

struct appeal_filter {
	const char *state;
	struct uuid entry_id;
	bool is_appeal, is_answered;
};

static const struct field filter_shape[] = {
	ENUM(struct appeal_filter, state, specialty_appeal_state_words,
	     OPTIONAL),
	UUID(struct appeal_filter, entry_id, OPTIONAL),
	BOOL(struct appeal_filter, is_appeal, OPTIONAL),
	BOOL(struct appeal_filter, is_answered, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_appeals, reply_appeals;

const struct endpoint list_specialty_appeals = {
	.operation = "listSpecialtyAppeals",
	.method = "GET",
	.path = "/v1/specialty-lists/{list_id}/appeals",
	.allow = READERS_OF_SPECIALTY_APPEALS,
	.state_bytes = sizeof(struct specialty_at),
	.query = filter_shape,
	.query_bytes = sizeof(struct appeal_filter),
	.is_paged = true,
	.steps = { open_specialty_edition, find_appeals, reply_appeals },
};

static enum flow_next find_appeals(struct flow *f)
{
	const struct appeal_filter *q = f->query;
	struct specialty_at *s = f->state;

	return ask(f, SQL_SPECIALTY_APPEALS_LIST, P_CONSORTIUM(f),
		   P_UUID(&s->list_id), P_OWNER(f), P_TEXT(q->state),
		   P_UUID(&q->entry_id),
		   asked_truth(f, "is_appeal", q->is_appeal),
		   asked_truth(f, "is_answered", q->is_answered),
		   P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_appeals(struct flow *f)
{
	return reply_page(f, specialty_appeal_write,
			  SPECIALTY_APPEAL_ID_COLUMN);
}
