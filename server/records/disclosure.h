/*
 * disclosure.h - to which enterprise a student's name and contact were given.
 *
 * from  schema/migrations/0011_applications.sql; rules.md 5.3
 */
#ifndef RECORDS_DISCLOSURE_H
#define RECORDS_DISCLOSURE_H

#include "wire/json_write.h"
#include "wire/rows.h"

enum { DISCLOSURE_ID_COLUMN = 0, DISCLOSURE_VERSION_COLUMN = 9 };

/* A row of disclosure_by_id.sql or disclosures_of_student.sql. */
void disclosure_write(struct json_writer *w, const struct rows *rows,
		      int row);

#endif
