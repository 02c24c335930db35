/*
 * round_page.h - the lists that a round's parties get of a run.
 *
 * from  listRoundStudentsOfEnterprise, listRoundStudentsOfSchool,
 *       listRoundTotalsOfSchool in api-spec/openapi.yaml
 */
#ifndef RECORDS_ROUND_PAGE_H
#define RECORDS_ROUND_PAGE_H

#include "wire/json_write.h"
#include "wire/rows.h"

extern const char *const round_why_words[];
extern const char *const round_totals_words[];	/* specialty, class */

/* Cursor columns of schema/queries/round_students_of_enterprise.sql, ... */
enum { TAKEN_POSTING = 0, TAKEN_STUDENT = 3, TAKEN_SCORE = 7 };
enum { SENT_STUDENT = 0 };
enum { TOTALS_SPECIALTY = 0, TOTALS_CLASS = 2 };

/* A row as an object. */
void round_taken_write(struct json_writer *w, const struct rows *rows, int row);
void round_sent_write(struct json_writer *w, const struct rows *rows, int row);
void round_totals_write(struct json_writer *w, const struct rows *rows,
			int row);

#endif
