/*
 * indicator_steps.h - what the list of indicators and the report ask alike:
 * the period, and then each kind of figures with one statement.
 *
 * from  api-spec/openapi.yaml, "/v1/statistics/indicators"; docs/report.md
 */
#ifndef ENDPOINTS_INDICATOR_STEPS_H
#define ENDPOINTS_INDICATOR_STEPS_H

#include "endpoints/pages.h"
#include "flow/flow.h"
#include "records/indicator.h"

enum { COHORTS = 6 };		/* the one asked for, and those before it */

struct indicator_query {
	const char *lang;		/* of the report alone; first, as in
					   struct page_query */
	int64_t year;			/* 0: not asked for */
	const char *from, *to;
};

/* A year's graduates; those of a year that has none are 0. */
struct cohort {
	int64_t graduates, placed, employed, local, said_yes, answered,
		computed_yes, computable;
};

/* f->state, or its beginning. */
struct indicators_asked {
	struct indicator_period period;
	const char *consortium;
	int64_t least;			/* fewer graduates are hidden */
	struct indicator_figure figures[INDICATOR_COUNT];
	struct cohort cohorts[COHORTS];	/* the latest is the last */
};

/* The parameters of the period. */
#define INDICATOR_FIELDS                                                       \
	INT(struct indicator_query, year, 2000, 2100, OPTIONAL),               \
		DATE(struct indicator_query, from, OPTIONAL),                  \
		DATE(struct indicator_query, to, OPTIONAL)

/* In this order; the step behind them begins with take_cohorts. */
flow_step ask_indicator_period, ask_of_postings, ask_of_internships,
	ask_of_parties, ask_of_quotas, ask_of_lists, ask_of_cohorts;
#define INDICATOR_STEPS                                                        \
	ask_indicator_period, ask_of_postings, ask_of_internships,             \
		ask_of_parties, ask_of_quotas, ask_of_lists, ask_of_cohorts

/* The last answer: then all figures are there. */
void take_cohorts(struct flow *f);

/* It has somebody, and nobody is told of so few. */
bool cohort_is_hidden(const struct indicators_asked *s,
		      const struct cohort *cohort);

#endif
