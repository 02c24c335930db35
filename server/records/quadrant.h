/*
 * quadrant.h - where a group of graduates stands against the mean of its level:
 * by how many are placed, and by how many study on.
 *
 * from  docs/quadrant.md; schema/queries/quadrant_groups.sql
 */
#ifndef RECORDS_QUADRANT_H
#define RECORDS_QUADRANT_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/json_write.h"
#include "wire/rows.h"

/* Columns of quadrant_groups.sql. Of the first row graduates is the first
 * year, placed the last and studying how few a group may have. */
enum { QUADRANT_WHAT, QUADRANT_KEY, QUADRANT_NAME, QUADRANT_LEVEL,
       QUADRANT_GRADUATES, QUADRANT_PLACED, QUADRANT_STUDYING };

struct quadrant_counts {
	int64_t graduates, placed, studying;
};

struct quadrant_counts quadrant_counts_from_row(const struct rows *rows,
						int row);
void quadrant_counts_add(struct quadrant_counts *to,
			 const struct quadrant_counts *more);

/*
 * "Q1" both rates are the mean's or above, "Q2" that of the placed alone, "Q3"
 * that of further study alone, "Q4" neither.
 *
 * in    both have graduates, 10^9 at most
 * ties  what equals the mean is above
 */
const char *quadrant_of(const struct quadrant_counts *counts,
			const struct quadrant_counts *mean);

/* The members graduates, placed and further_study, into the open object;
 * NULL: null. */
void quadrant_counts_write(struct json_writer *w,
			   const struct quadrant_counts *counts);

#endif
