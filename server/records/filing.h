/*
 * filing.h - who consented to an internship in another province, and where it
 * is filed.
 *
 * from  docs/rules.md 1.24; schema/migrations/0037_law.sql
 */
#ifndef RECORDS_FILING_H
#define RECORDS_FILING_H

#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

struct filing_new {
	const char *consented_by, *consent_number, *consented_on;
	const char *filed_with, *filing_number, *filed_on;
};

extern const struct field filing_shape[];

enum { FILING_VERSION_COLUMN = 8 };

/* A row of placement_filing_by_id.sql. */
void filing_write(struct json_writer *w, const struct rows *rows, int row);

#endif
