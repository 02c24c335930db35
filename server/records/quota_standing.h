/*
 * quota_standing.h - how the enterprises of a consortium stand to their floors
 * and caps: summed, and one by one.
 *
 * from  docs/quotas.md, "The office's view"
 */
#ifndef RECORDS_QUOTA_STANDING_H
#define RECORDS_QUOTA_STANDING_H

#include <stdint.h>

#include "wire/json_write.h"
#include "wire/rows.h"

/* By what enterprises are summed; NULL-terminated, the first one if nobody
 * says. */
extern const char *const quota_group_words[];

/* The rows of quota_statistics.sql, the first of them of all enterprises. */
void quota_statistics_write(struct json_writer *w, const char *by,
			    const struct rows *rows);

/* What a group's row of them says of its interns; name borrowed. */
struct quota_sum {
	const char *name;
	int64_t floor, present;
};
struct quota_sum quota_statistics_sum(const struct rows *rows, int row);

enum { QUOTA_STANDING_ID_COLUMN = 0, QUOTA_STANDING_SHORTFALL_COLUMN = 15 };

/* A row of quota_standings_list.sql. */
void quota_standing_write(struct json_writer *w, const struct rows *rows,
			  int row);

#endif
