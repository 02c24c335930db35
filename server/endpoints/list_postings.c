/*
 * GET /v1/postings - the open ones, the latest published first; with another
 * state, with days of publication, or of one's own enterprise, the latest made
 * first; with words to look for, as posting_search.h says.
 */
#include <string.h>

#include "base/text.h"
#include "endpoints/posting_search.h"
#include "endpoints/posting_steps.h"
#include "records/codes.h"

static const struct field filter_shape[] = {
	ENUM(struct posting_filter, kind, posting_kind_words, OPTIONAL),
	CODE(struct posting_filter, division, 6, 6, code_check_division,
	     OPTIONAL),
	TIDY_CODE(struct posting_filter, specialty, 2, 6,
		  code_check_specialty_target, code_tidy_specialty, OPTIONAL),
	UUID(struct posting_filter, enterprise_id, OPTIONAL),
	ENUM(struct posting_filter, state, posting_state_words, OPTIONAL),
	INT(struct posting_filter, pay_min_fen, 0, 100000000, OPTIONAL),
	ENUM(struct posting_filter, education, education_words, OPTIONAL),
	TIME(struct posting_filter, published_since, OPTIONAL),
	DATE(struct posting_filter, published_from, OPTIONAL),
	DATE(struct posting_filter, published_to, OPTIONAL),
	TEXT(struct posting_filter, q, 1, 200, OPTIONAL),
	BOOL(struct posting_filter, facets, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_postings, reply_found, reply_none;

const struct endpoint list_postings = {
	.operation = "listPostings",
	.method = "GET",
	.path = "/v1/postings",
	.allow = READERS_OF_POSTINGS,
	.query = filter_shape,
	.query_bytes = sizeof(struct posting_filter),
	.state_bytes = sizeof(struct posting_search),
	.is_paged = true,
	.rate = RATE_SEARCH,
	.steps = { find_postings, reply_found, reply_none },
};

/* 440000 is a province, 440100 a prefecture: they hold what begins so. */
static const char *division_prefix(struct flow *f, const char *code)
{
	size_t digits = 6;

	if (!code)
		return NULL;
	while (digits > 2 && memcmp(code + digits - 2, "00", 2) == 0)
		digits -= 2;
	return arena_text(f->mem, code, digits);
}

/* Not the open ones alone? Then the order is another. */
static bool is_every(const struct flow *f)
{
	const struct posting_filter *q = f->query;

	if (q->state)
		return !text_same(q->state, "published");
	if (q->published_from || q->published_to)
		return true;
	return !uuid_is_nil(&q->enterprise_id) &&
	       uuid_same(&q->enterprise_id, &f->actor.owner_id);
}

static enum flow_next find_postings(struct flow *f)
{
	const struct posting_filter *q = f->query;
	bool has_pay = shape_has(filter_shape, &f->query_seen, "pay_min_fen");
	const char *division = division_prefix(f, q->division);

	if (q->q)
		return climb(f, posting_search_steps(f));
#define FILTERS                                                                \
	P_CONSORTIUM(f), P_TEXT(q->kind), P_TEXT(division),                    \
		P_TEXT(q->specialty), P_UUID(&q->enterprise_id),               \
		has_pay ? P_INT(q->pay_min_fen) : P_NULL,                      \
		P_TEXT(q->education), P_TEXT(q->published_since)
	if (is_every(f))
		return ask(f, SQL_POSTINGS_EVERY, FILTERS,
			   P_UUID(&f->actor.owner_id), P_TEXT(q->state),
			   P_AFTER(f, 0), PAGE_ROWS(f),
			   P_TEXT(q->published_from), P_TEXT(q->published_to));
	return ask(f, SQL_POSTINGS_OPEN, FILTERS, P_AFTER(f, 0), P_AFTER(f, 1),
		   PAGE_ROWS(f));
#undef FILTERS
}

static enum flow_next reply_postings(struct flow *f)
{
	if (is_every(f))
		return reply_page(f, posting_write_item, POSTING_ID);
	return reply_page(f, posting_write_item, POSTING_PUBLISHED_AT,
			  POSTING_ID);
}

/* Nothing found: is it that a code is no code? */
static enum flow_next reply_found(struct flow *f)
{
	const struct posting_filter *q = f->query;

	if (rows_count(f->rows) || !posting_filter_has_codes(q))
		return reply_postings(f);
	return ask_unknown_filters(f);
}

static enum flow_next reply_none(struct flow *f)
{
	return posting_filters_are_known(f) ? reply_postings(f) : FLOW_FAIL;
}
