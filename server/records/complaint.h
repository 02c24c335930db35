/*
 * complaint.h - what a student or an enterprise complains of, and the answer.
 *
 * from  schema/migrations/0013_complaints.sql
 */
#ifndef RECORDS_COMPLAINT_H
#define RECORDS_COMPLAINT_H

#include "wire/json_write.h"
#include "wire/rows.h"

extern const char *const complaint_state_words[];
extern const char *const complaint_subject_words[];

enum { COMPLAINT_ID_COLUMN = 0, COMPLAINT_VERSION_COLUMN = 9 };

/* A row of complaint_by_id.sql or complaints_list.sql as an object. */
void complaint_write(struct json_writer *w, const struct rows *rows, int row);

/* The same with the history, which only complaint_by_id.sql has. */
void complaint_write_whole(struct json_writer *w, const struct rows *rows,
			   int row);

#endif
