/*
 * GET /v1/rounds/{round_id}/appeals - what one's own said against a round, or
 * all for the office; newest first.
 */
#include "endpoints/appeal_steps.h"

struct appeal_filter {
	const char *state, *grounds;
};

static const struct field filter_shape[] = {
	ENUM(struct appeal_filter, state, appeal_state_words, OPTIONAL),
	ENUM(struct appeal_filter, grounds, appeal_grounds_words, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_round, find_appeals, reply_appeals;

const struct endpoint list_appeals = {
	.operation = "listAppeals",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/appeals",
	.allow = READERS_OF_APPEALS,
	.state_bytes = sizeof(struct appeal_at),
	.query = filter_shape,
	.query_bytes = sizeof(struct appeal_filter),
	.is_paged = true,
	.steps = { find_round, find_appeals, reply_appeals },
};

static enum flow_next find_round(struct flow *f)
{
	struct appeal_at *s = f->state;

	if (!path_uuid(f, "round_id", &s->round_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_ROUND_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->round_id),
		       P_BOOL(f->actor.scope == SCOPE_ALL));
}

static enum flow_next find_appeals(struct flow *f)
{
	const struct appeal_filter *q = f->query;
	struct appeal_at *s = f->state;

	return ask(f, SQL_APPEALS_LIST, P_CONSORTIUM(f), P_UUID(&s->round_id),
		   P_OWNER(f), P_TEXT(q->state), P_TEXT(q->grounds),
		   P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_appeals(struct flow *f)
{
	return reply_page(f, appeal_write, APPEAL_ID_COLUMN);
}
