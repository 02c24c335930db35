/*
 * internship_log.h - a student's weekly report, with both marks.
 *
 * from  docs/rules.md 1.30; schema/migrations (internship_records)
 */
#ifndef RECORDS_INTERNSHIP_LOG_H
#define RECORDS_INTERNSHIP_LOG_H

#include "wire/json_write.h"
#include "wire/rows.h"

extern const char *const mark_words[];

enum { LOG_PLACEMENT_COLUMN = 1, LOG_WEEK_COLUMN = 2, LOG_VERSION_COLUMN = 10,
       LOG_WEEK_MAX = 500 };

/* A row of log_by_week.sql or logs_of_placement.sql as an object. */
void log_write(struct json_writer *w, const struct rows *rows, int row);

#endif
