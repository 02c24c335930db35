/*
 * report_page.h - the consortium's report as a page that prints: the
 * indicators by group, plots beside their numbers, and what each number is.
 *
 * from  docs/report.md, "The page"
 */
#ifndef ENDPOINTS_REPORT_PAGE_H
#define ENDPOINTS_REPORT_PAGE_H

#include "base/buf.h"
#include "endpoints/employment_steps.h"
#include "endpoints/indicator_steps.h"
#include "records/plot.h"

/* Names and some numbers of each, as plot.h draws them. */
struct report_lines {
	const char **labels;
	int64_t *values[PLOT_SERIES_MAX];
	size_t count;
};

/* f->state of the report: what it is made of. */
struct report {
	struct indicators_asked asked;
	struct report_lines industries;	/* floors, interns present */
	struct report_lines schools;	/* employment rate, local rate; -1:
					   hidden, or nothing to count */
	struct report_lines categories;	/* graduates, openings of work, of
					   talent-demand lists */
	struct employment_query school_query;
	struct employment_asked school_asked;
};

/* The page's style, which nothing else is needed for. */
extern const char report_style[];

/* policy: as begin_page_of_its_own gave it. */
void report_page_write(struct buf *out, struct flow *f, const char *policy);

#endif
