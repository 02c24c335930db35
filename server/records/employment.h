/*
 * employment.h - the rates of a group of graduates, by the official formulas.
 *
 * from  docs/rules.md 4.1 to 4.7; schema/queries/employment_groups.sql
 */
#ifndef RECORDS_EMPLOYMENT_H
#define RECORDS_EMPLOYMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/json_write.h"
#include "wire/rows.h"

/* Columns of employment_groups.sql; counts from EMPLOYMENT_COUNTS on. */
enum {
	EMPLOYMENT_KEY, EMPLOYMENT_YEAR, EMPLOYMENT_SCHOOL_ID,
	EMPLOYMENT_SCHOOL_NAME, EMPLOYMENT_DISTRICT, EMPLOYMENT_DISTRICT_NAME,
	EMPLOYMENT_LEVEL, EMPLOYMENT_SPECIALTY, EMPLOYMENT_SPECIALTY_NAME,
	EMPLOYMENT_SEX, EMPLOYMENT_MONTH, EMPLOYMENT_COUNTS
};

/* In the order of those columns. */
#define EMPLOYMENT_COUNT(X)                                                    \
	X(graduates) X(n10) X(n11) X(n12) X(n27) X(n46) X(n50) X(n51) X(n70)   \
	X(n71) X(n72) X(n75) X(n76) X(n80) X(n85) X(none) X(local)             \
	X(province) X(answered) X(said_yes) X(computable) X(computed_yes)      \
	X(declared) X(employer) X(document) X(insurance_record)

struct employment {
#define X(name) int64_t name;
	EMPLOYMENT_COUNT(X)
#undef X
};

void employment_from_row(struct employment *e, const struct rows *rows,
			 int row);

/* E + U: who is employed or studies on (4.1). */
int64_t employment_placed(const struct employment *e);

/* The members graduates, counts, evidence and rates, into the open object. */
void employment_write(struct json_writer *w, const struct employment *e);
/* The same members, null. */
void employment_write_hidden(struct json_writer *w);
/* Of the cohort before: the first few rates, as a value; NULL: null. */
void employment_write_before(struct json_writer *w,
			     const struct employment *e);

#endif
