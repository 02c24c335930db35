/*
 * application.h - a student's application to a posting, as it is shown: who
 * the student is stands in it only for those to whom that is disclosed.
 *
 * from  schema/migrations/0011_applications.sql; rules.md 5.3
 */
#ifndef RECORDS_APPLICATION_H
#define RECORDS_APPLICATION_H

#include "wire/json_write.h"
#include "wire/rows.h"

extern const char *const application_state_words[];

enum { APPLICATION_ID_COLUMN = 0, APPLICATION_STUDENT_COLUMN = 6,
       APPLICATION_VERSION_COLUMN = 12, APPLICATION_PHONE_COLUMN = 24,
       APPLICATION_WITHHELD_COLUMN = 28 };

/* A row of application_by_id.sql or applications_list.sql, as an object. */
void application_write(struct json_writer *w, const struct rows *rows,
		       int row);

/* Its members, into the open object. */
void application_members(struct json_writer *w, const struct rows *rows,
			 int row);

/* Interviews and history, which only application_by_id.sql has. */
void application_story(struct json_writer *w, const struct rows *rows,
		       int row);

#endif
