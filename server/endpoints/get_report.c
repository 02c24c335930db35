/*
 * GET /v1/statistics/report - the indicators as a page to print or to keep,
 * with plots; by school and by industry where the list has the whole alone.
 */
#include "endpoints/report_page.h"

#include <string.h>

#include "records/quota_standing.h"
#include "records/share.h"
#include "wire/sql.h"

static const char *const langs[] = { "zh", "en", NULL };

static const struct field query_shape[] = {
	ENUM(struct indicator_query, lang, langs, OPTIONAL),
	INDICATOR_FIELDS,
	END_OF_FIELDS
};

static flow_step ask_industries, ask_school_parts, ask_schools, ask_categories,
	ask_parts, ask_groups, ask_lists, reply_report;

const struct endpoint get_report = {
	.operation = "getReport",
	.method = "GET",
	.path = "/v1/statistics/report",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 10000,
	.query = query_shape,
	.query_bytes = sizeof(struct indicator_query),
	.state_bytes = sizeof(struct report),
	.produces = "text/html",
	.rate = RATE_SEARCH,
	.steps = { INDICATOR_STEPS, ask_industries },
};

static flow_step *const rest[] = { ask_school_parts, ask_schools,
				   ask_categories, ask_parts, ask_groups,
				   ask_lists, reply_report, NULL };

static enum flow_next ask_industries(struct flow *f)
{
	struct report *r = f->state;

	take_cohorts(f);
	(void)climb(f, rest);
	return ask(f, SQL_QUOTA_STATISTICS, P_CONSORTIUM(f),
		   P_TEXT(r->asked.period.to), P_TEXT(quota_group_words[0]));
}

static void lines_open(struct flow *f, struct report_lines *lines, int count)
{
	size_t room = (size_t)count + 1;

	lines->labels = arena_array(f->mem, const char *, room);
	for (int i = 0; i < PLOT_SERIES_MAX; i++)
		lines->values[i] = arena_array(f->mem, int64_t, room);
}

static void lines_add(struct flow *f, struct report_lines *lines,
		      const char *label,
		      const int64_t values[PLOT_SERIES_MAX])
{
	size_t i = lines->count++;

	lines->labels[i] = arena_print(f->mem, "%s", label);
	for (int s = 0; s < PLOT_SERIES_MAX; s++)
		lines->values[s][i] = values[s];
}

/* Behind the first row, which is of all; who owes and has nobody is not
 * worth a bar. */
static void take_industries(struct flow *f)
{
	struct report *r = f->state;

	lines_open(f, &r->industries, rows_count(f->rows));
	for (int row = 1; row < rows_count(f->rows); row++) {
		struct quota_sum sum = quota_statistics_sum(f->rows, row);

		if (sum.floor || sum.present)
			lines_add(f, &r->industries, sum.name,
				  (const int64_t[PLOT_SERIES_MAX]){
					  sum.floor, sum.present });
	}
}

/* ---- by school: asked, and judged, as getEmployment does it ---- */

static enum flow_next as_another(struct flow *f, void *state, void *query,
				 flow_step *step)
{
	void *own_state = f->state, *own_query = f->query;
	enum flow_next next;

	f->state = state;
	f->query = query;
	next = step(f);
	f->state = own_state;
	f->query = own_query;
	return next;
}

static enum flow_next as_employment(struct flow *f, flow_step *step)
{
	struct report *r = f->state;

	return as_another(f, &r->school_asked, &r->school_query, step);
}

static enum flow_next ask_school_parts(struct flow *f)
{
	struct report *r = f->state;
	struct texts *by = &r->school_query.by;

	take_industries(f);
	by->at = arena_array(f->mem, const char *, 2);
	by->at[by->count++] = "school";
	by->at[by->count++] = "year";
	r->school_query.year = r->asked.period.year;
	r->school_asked.by = *by;
	return as_employment(f, find_employment_parts);
}

static enum flow_next judge_and_ask(struct flow *f)
{
	const struct employment_query *q = f->query;
	const struct employment_asked *s = f->state;

	judge_employment(f);
	return ask(f, SQL_EMPLOYMENT_GROUPS, P_CONSORTIUM(f), P_NULL,
		   EMPLOYMENT_YEARS(q), EMPLOYMENT_FILTERS(q), P_INT(0),
		   P_NULL, P_TEXTS(&s->by), P_TEXT("place"),
		   P_INT(GROUPS_MAX));
}

static enum flow_next ask_schools(struct flow *f)
{
	return as_employment(f, judge_and_ask);
}

static void take_school(struct flow *f, int row)
{
	struct report *r = f->state;
	int64_t year = rows_int(f->rows, row, EMPLOYMENT_YEAR);
	int64_t rates[PLOT_SERIES_MAX] = { INDICATOR_NONE, INDICATOR_NONE };
	struct employment counts;

	if (year != r->asked.period.year)
		return;
	if (employment_is_shown(&r->school_asked,
				rows_text(f->rows, row, EMPLOYMENT_KEY),
				year)) {
		employment_from_row(&counts, f->rows, row);
		rates[0] = share_of(employment_placed(&counts),
					   counts.graduates);
		rates[1] = share_of(counts.local, counts.graduates);
	}
	lines_add(f, &r->schools, rows_text(f->rows, row,
					    EMPLOYMENT_SCHOOL_NAME), rates);
}

static enum flow_next ask_categories(struct flow *f)
{
	struct report *r = f->state;

	lines_open(f, &r->schools, rows_count(f->rows));
	for (int row = 0; row < rows_count(f->rows); row++)
		take_school(f, row);
	return ask(f, SQL_SUPPLY_DEMAND_OF_CATEGORIES, P_CONSORTIUM(f),
		   P_INT(r->asked.period.year));
}

/* Thousandths, halves up. */
static int64_t whole_ones(int64_t mille)
{
	return (mille + 500) / 1000;
}

static void take_categories(struct flow *f)
{
	enum { NAME, GRADUATES, WORK, LISTED };
	struct report *r = f->state;

	lines_open(f, &r->categories, rows_count(f->rows));
	for (int row = 0; row < rows_count(f->rows); row++)
		lines_add(f, &r->categories, rows_text(f->rows, row, NAME),
			  (const int64_t[PLOT_SERIES_MAX]){
				  rows_int(f->rows, row, GRADUATES),
				  whole_ones(rows_int(f->rows, row, WORK)),
				  whole_ones(rows_int(f->rows, row,
						      LISTED)) });
}

/* ---- the quadrant: asked, and judged, as getQuadrant does it ---- */

/* The last cohort that had graduated by the end of the period. */
static int64_t last_cohort(const struct indicator_period *period)
{
	return period->year - (strcmp(period->to + strlen("2026-"), "09") < 0);
}

static enum flow_next as_quadrant(struct flow *f, flow_step *step)
{
	struct report *r = f->state;

	return as_another(f, &r->quadrant_asked, &r->quadrant_query, step);
}

static enum flow_next ask_parts(struct flow *f)
{
	struct report *r = f->state;

	take_categories(f);
	r->quadrant_query.year = last_cohort(&r->asked.period);
	return as_quadrant(f, ask_quadrant_parts);
}

static enum flow_next ask_groups(struct flow *f)
{
	return as_quadrant(f, ask_quadrant_groups);
}

static enum flow_next ask_lists(struct flow *f)
{
	const struct report *r = f->state;

	report_take_quadrant(f);
	return ask(f, SQL_REPORT_LISTS, P_CONSORTIUM(f),
		   P_TEXT(r->asked.period.list), P_INT(REPORT_LISTED_MAX));
}

static enum flow_next reply_report(struct flow *f)
{
	struct buf out = { 0 };
	const char *policy;

	report_take_lists(f);
	policy = begin_page_of_its_own(f, report_style);
	report_page_write(&out, f, policy);
	reply_bytes(f, 200, "text/html; charset=utf-8", out.at, out.used);
	buf_close(&out);
	return FLOW_DONE;
}
