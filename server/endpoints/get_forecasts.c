/*
 * GET /v1/statistics/forecasts - what the next three cohorts bring and what
 * will be asked for: a school's own students, the office's all.
 */
#include "base/text.h"
#include "endpoints/filters.h"
#include "records/codes.h"
#include "records/forecasts.h"
#include "wire/sql.h"

struct forecasts_query {
	const char *by, *specialty, *level;
};

static const char *const by_words[] = { "specialty", "class", "category",
					NULL };
static const char *const level_words[] = { "secondary", "associate",
					   "bachelor", NULL };

static const struct field query_shape[] = {
	ENUM(struct forecasts_query, by, by_words, OPTIONAL),
	TIDY_CODE(struct forecasts_query, specialty, 2, 6,
		  code_check_specialty_target, code_tidy_specialty, OPTIONAL),
	ENUM(struct forecasts_query, level, level_words, OPTIONAL),
	END_OF_FIELDS
};

static flow_step check_query, find_series, read_series, reply_forecasts;

const struct endpoint get_forecasts = {
	.operation = "getForecasts",
	.method = "GET",
	.path = "/v1/statistics/forecasts",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 10000,
	.state_bytes = sizeof(struct forecasts),
	.query = query_shape,
	.query_bytes = sizeof(struct forecasts_query),
	.rate = RATE_SEARCH,
	.steps = { check_query, find_series, read_series, reply_forecasts },
};

static enum flow_next check_query(struct flow *f)
{
	const struct forecasts_query *q = f->query;

	return find_unknown_filters(f, &(struct filters){
		.specialty = q->specialty });
}

static const char *grouped_by(const struct flow *f)
{
	const struct forecasts_query *q = f->query;

	return q->by ? q->by : by_words[0];
}

static enum flow_next find_series(struct flow *f)
{
	struct forecasts *all = f->state;

	if (!filters_are_known(f))
		return FLOW_FAIL;
	all->digits = 6;
	for (int i = 0; !text_same(by_words[i], grouped_by(f)); i++)
		all->digits -= 2;
	return ask(f, SQL_FORECAST_SERIES, P_CONSORTIUM(f), P_OWNER(f),
		   P_INT(all->digits));
}

static enum flow_next make_forecasts(struct flow *f)
{
	forecasts_make(f->state);
	return FLOW_NEXT;
}

static enum flow_next read_series(struct flow *f)
{
	forecasts_from_rows(f->state, f->mem, f->rows);
	return ponder(f, make_forecasts);
}

/* A school is told of what it teaches. */
static bool is_asked_for(const struct flow *f,
			 const struct forecast_group *group)
{
	const struct forecasts_query *q = f->query;

	return (f->actor.scope != SCOPE_OWN || group->is_taught) &&
	       (!q->level || text_same(q->level, group->level)) &&
	       (!q->specialty || text_starts(group->code, q->specialty));
}

static enum flow_next reply_forecasts(struct flow *f)
{
	const struct forecasts *all = f->state;
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	json_member_text(w, "by", grouped_by(f));
	json_member_int(w, "first_cohort", all->first);
	json_member_int(w, "interval_mille", 800);
	json_key(w, "unnamed");
	forecasts_write_series(w, all, &all->unnamed);
	json_key(w, "items");
	json_array(w);
	for (uint32_t i = 0; i < all->count; i++)
		if (is_asked_for(f, &all->groups[i]))
			forecasts_write_group(w, all, i);
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
