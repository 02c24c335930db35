/*
 * GET /v1/specialty-lists - the editions of the three lists, newest first.
 */
#include "endpoints/specialty_edition_steps.h"

struct list_filter {
	const char *state;
	int64_t year;
};

static const struct field filter_shape[] = {
	ENUM(struct list_filter, state, specialty_list_state_words, OPTIONAL),
	INT(struct list_filter, year, 2000, 2100, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_lists, reply_lists;

const struct endpoint list_specialty_lists = {
	.operation = "listSpecialtyLists",
	.method = "GET",
	.path = "/v1/specialty-lists",
	.allow = READERS_OF_SPECIALTY_LISTS,
	.query = filter_shape,
	.query_bytes = sizeof(struct list_filter),
	.is_paged = true,
	.steps = { find_lists, reply_lists },
};

static enum flow_next find_lists(struct flow *f)
{
	const struct list_filter *q = f->query;

	return ask(f, SQL_SPECIALTY_LISTS_LIST, P_CONSORTIUM(f),
		   asking_role(f), P_TEXT(q->state),
		   q->year ? P_INT(q->year) : P_NULL, P_AFTER(f, 0),
		   PAGE_ROWS(f));
}

static enum flow_next reply_lists(struct flow *f)
{
	return reply_page(f, specialty_edition_write,
			  SPECIALTY_LIST_ID_COLUMN);
}
