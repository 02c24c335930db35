/*
 * placement.h - a student in a seat, with the cutoff that was in force there.
 *
 * from  product.md, "Words"; schema/migrations/0005_rounds.sql
 */
#ifndef RECORDS_PLACEMENT_H
#define RECORDS_PLACEMENT_H

#include <stdbool.h>

#include "wire/json_write.h"
#include "wire/rows.h"

extern const char *const placement_state_words[];

enum { PLACEMENT_ID_COLUMN = 0, PLACEMENT_VERSION_COLUMN = 12 };

/* A row of placement_by_id.sql or placements_list.sql as a JSON object. */
void placement_write(struct json_writer *w, const struct rows *rows, int row);

/* The same with the history, which only placement_by_id.sql has. */
void placement_write_whole(struct json_writer *w, const struct rows *rows,
			   int row);

#endif
