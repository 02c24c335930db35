/*
 * policy_preview.h - what a policy to be would do to every quota.
 *
 * from  docs/quotas.md, "Preview"; schema/queries/policy_preview.sql
 */
#ifndef RECORDS_POLICY_PREVIEW_H
#define RECORDS_POLICY_PREVIEW_H

#include "wire/json_write.h"
#include "wire/rows.h"

/* Null in the one row of a page without enterprises. */
enum { POLICY_PREVIEW_ID_COLUMN = 0 };

/* The day and the totals, from the first row, into the open object. */
void policy_preview_totals(struct json_writer *w, const struct rows *rows);

/* An enterprise, now and then, as one object. */
void policy_preview_write(struct json_writer *w, const struct rows *rows,
			  int row);

#endif
