/*
 * quadrant_steps.h - specialties against the consortium's mean, as the quadrant
 * and the report ask for it.
 *
 * from  docs/quadrant.md
 */
#ifndef ENDPOINTS_QUADRANT_STEPS_H
#define ENDPOINTS_QUADRANT_STEPS_H

#include "endpoints/shown_groups.h"
#include "records/quadrant.h"

enum { QUADRANT_LEVELS = 3, QUADRANT_YEARS = 2 };

extern const char *const quadrant_by_words[], *const quadrant_level_words[];

/* Its place among the level words; QUADRANT_LEVELS: none of them. */
int quadrant_level(const char *level);

/* f->query. */
struct quadrant_query {
	const char *by, *level;
	int64_t year, years;		/* 0: not asked for */
};

/* Of a level. */
struct quadrant_mean {
	struct quadrant_counts counts;
	bool is_all;	/* else of the groups that are shown */
};

/* f->state. */
struct quadrant_asked {
	struct shown_groups groups, levels;
	struct quadrant_mean means[QUADRANT_LEVELS];
	int64_t least;
};

const char *quadrant_grouped_by(const struct quadrant_query *query);

/* In this order; the rows that come of them are for take_quadrant. */
flow_step ask_quadrant_parts, ask_quadrant_groups;

/* Makes the means; then the rows' places may be asked. */
void take_quadrant(struct quadrant_asked *asked, const struct rows *rows);

/* "level", "group" or "own". */
bool quadrant_row_is(const struct rows *rows, int row, const char *what);

/* A group or one's own; texts are the rows'. */
struct quadrant_place {
	const char *key, *name, *level;		/* name: NULL without one */
	struct quadrant_counts counts;
	bool is_open;				/* may counts be told? */
	const char *quadrant;			/* NULL: outside */
	const char *outside;			/* why, or NULL */
};
struct quadrant_place quadrant_place_at(const struct quadrant_asked *asked,
					const struct rows *rows, int row);

#endif
