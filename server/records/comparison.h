/*
 * comparison.h - both modes on what a run was made of, and what they would come
 * to if some caps, floors and capacities were others.
 *
 * from  docs/placement.md, "Comparisons", "What if"
 */
#ifndef RECORDS_COMPARISON_H
#define RECORDS_COMPARISON_H

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

/* The latter is what the matcher takes for seats, docs/placement.md. */
enum { COMPARISON_CHANGES_MAX = 200, COMPARISON_SEATS_MAX = 1000000000 };

/* One number set. A cap of COMPARISON_SEATS_MAX caps nothing. */
struct comparison_change {
	const char *set;	/* cap, floor, capacity */
	struct uuid id;		/* of an enterprise or post category; posting */
	int64_t to;
};

struct comparison_new {
	struct uuid run_id;
	struct objects changes;	/* struct comparison_change */
};

extern const struct field comparison_new_shape[];

/* No number is set twice. */
void comparison_check(const struct comparison_new *c, struct flaws *flaws);

/* Columns of schema/queries/comparison_*.sql that show one. */
enum { COMPARISON_ID, COMPARISON_STATE = 4, COMPARISON_FINISHED = 8,
       COMPARISON_VERSION = 9, COMPARISON_PHASE = 11, COMPARISON_SHARE,
       COMPARISON_REPORT = 15 };

/* The members of a row, but for its report, into the open object. */
void comparison_members(struct json_writer *w, const struct rows *rows,
			int row);
/* A row as an object. */
void comparison_write(struct json_writer *w, const struct rows *rows, int row);

#endif
