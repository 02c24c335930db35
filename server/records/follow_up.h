/*
 * follow_up.h - where a graduate is 6, 12, 18 or 24 months later: what is
 * said, what is shown of it, and what of a group is counted.
 *
 * from  docs/destinations.md, "Follow-up"; schema/migrations
 */
#ifndef RECORDS_FOLLOW_UP_H
#define RECORDS_FOLLOW_UP_H

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

/* In the order of the parameters of follow_up_put.sql. */
struct follow_up_new {
	const char *code, *employer_name, *employer_uscc;
	const char *unit_nature_code, *industry_code, *division_code;
	const char *occupation_code, *pay_band;
	bool is_aligned;
	const char *evidence_kind, *evidence_sha256;
};

extern const struct field follow_up_shape[];
extern const char *const follow_up_status_words[];
/* "6", "12", "18" and "24". */
enum { FOLLOW_UPS = 4 };
extern const char *const follow_up_months_words[FOLLOW_UPS + 1];

/* Columns of follow_up_by_id.sql and follow_ups_list.sql. */
enum { FOLLOW_UP_ID_COLUMN = 0, FOLLOW_UP_MONTHS_COLUMN = 1,
       FOLLOW_UP_VERSION_COLUMN = 29 };
void follow_up_write(struct json_writer *w, const struct rows *rows, int row);

/* Columns of follow_up_groups.sql behind those of a group (employment.h). */
enum { FOLLOW_UP_GROUP_MONTHS = 11, FOLLOW_UP_COUNTS = 12,
       FOLLOW_UP_ANSWERED = FOLLOW_UP_COUNTS + 1 };

/* The members graduates, answered and rates of a group, into the open object;
 * hidden: null. */
void follow_up_counts_write(struct json_writer *w, const struct rows *rows,
			    int row);
void follow_up_counts_write_hidden(struct json_writer *w);

#endif
