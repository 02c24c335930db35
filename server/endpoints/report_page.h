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
#include "endpoints/quadrant_steps.h"
#include "records/plot.h"

/* Names and some numbers of each, as plot.h draws them. */
struct report_lines {
	const char **labels;
	int64_t *values[PLOT_SERIES_MAX];
	size_t count;
};

/* The specialties of a level in the quadrant: counts are of the points. */
struct report_level {
	struct plot_point *points;
	struct quadrant_counts *counts;
	size_t count, corners[PLOT_CORNERS], outside;
};

/* Those of one of the three lists that have the most graduates. Shares are in
 * ten-thousandths, demand in thousandths of a graduate; INDICATOR_NONE: not
 * known. */
struct report_listed {
	const char *specialty, *level;
	bool is_departed;
	int64_t graduates, placed, placed_less_mean, studying, aligned, demand;
};
struct report_list {
	struct report_listed *at;
	size_t count;
	int64_t all;
};
enum { REPORT_LISTS = 3, REPORT_LISTED_MAX = 15 };

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
	struct report_level levels[QUADRANT_LEVELS];
	struct quadrant_query quadrant_query;
	struct quadrant_asked quadrant_asked;
	struct report_list lists[REPORT_LISTS];
	const char *edition;		/* its name; NULL: none was published */
	const char *edition_published;	/* the day */
	int64_t edition_year;
};

/* The page's style, which nothing else is needed for. */
extern const char report_style[];

/* f->rows are of quadrant_groups.sql. */
void report_take_quadrant(struct flow *f);

/* f->rows are of report_lists.sql. */
void report_take_lists(struct flow *f);

/* policy: as begin_page_of_its_own gave it. */
void report_page_write(struct buf *out, struct flow *f, const char *policy);

#endif
