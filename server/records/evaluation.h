/*
 * evaluation.h - what student and enterprise think of each other at the end.
 *
 * from  schema/migrations (internship_records)
 */
#ifndef RECORDS_EVALUATION_H
#define RECORDS_EVALUATION_H

#include "wire/json_write.h"
#include "wire/rows.h"

enum { EVALUATION_ID_COLUMN = 0, EVALUATION_PLACEMENT_COLUMN = 1 };

/* A row of evaluation_add.sql or evaluations_of_placement.sql. */
void evaluation_write(struct json_writer *w, const struct rows *rows, int row);

#endif
