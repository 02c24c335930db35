/*
 * GET /v1/statistics/indicators - what the notice asks a consortium for,
 * counted: each with its definition, its formula and the list of its rows.
 */
#include "base/text.h"
#include "endpoints/indicator_steps.h"

static const struct field query_shape[] = {
	INDICATOR_FIELDS,
	END_OF_FIELDS
};

static flow_step reply_indicators;

const struct endpoint list_indicators = {
	.operation = "listIndicators",
	.method = "GET",
	.path = "/v1/statistics/indicators",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 10000,
	.query = query_shape,
	.query_bytes = sizeof(struct indicator_query),
	.state_bytes = sizeof(struct indicators_asked),
	.is_paged = true,
	.rate = RATE_SEARCH,
	.steps = { INDICATOR_STEPS, reply_indicators },
};

/* The cursor is the name of the last one shown. */
static enum indicator first_of_page(const struct flow *f)
{
	enum indicator last;

	if (f->page.after_count == 0)
		return 0;
	last = indicator_named(f->page.after[0]);
	return last == INDICATOR_COUNT ? last : last + 1;
}

static enum flow_next reply_indicators(struct flow *f)
{
	const struct indicators_asked *s = f->state;
	const struct indicator_told told = { f->mem, &s->period,
					     f->lang == LANG_ZH };
	int i = (int)first_of_page(f), end = i + (int)f->page.limit;
	struct json_writer *w;

	take_cohorts(f);
	reply_language(f);
	w = page_begin(f);
	for (; i < INDICATOR_COUNT && i < end; i++)
		indicator_write(w, &told, (enum indicator)i, &s->figures[i]);
	if (i == INDICATOR_COUNT)
		return page_end(f, NULL, 0);
	return page_end(f, (const char *const[]){
		indicator_card((enum indicator)i - 1)->name }, 1);
}
