/*
 * appeal.h - what is said against a published round, and the answer.
 *
 * from  docs/rounds.md, "Appeals"
 */
#ifndef RECORDS_APPEAL_H
#define RECORDS_APPEAL_H

#include "wire/json_write.h"
#include "wire/rows.h"

extern const char *const appeal_state_words[];
extern const char *const appeal_grounds_words[];

enum { APPEAL_ID_COLUMN = 0, APPEAL_VERSION_COLUMN = 11 };

/* A row of appeal_by_id.sql or appeals_list.sql as an object. */
void appeal_write(struct json_writer *w, const struct rows *rows, int row);

/* The same with the history, which only appeal_by_id.sql has. */
void appeal_write_whole(struct json_writer *w, const struct rows *rows,
			int row);

#endif
