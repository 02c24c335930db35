/*
 * student_import.h - a spreadsheet of students on its way: read on the pool,
 * written by one statement, reported row by row.
 *
 * from  api-spec/openapi.yaml, createImport
 */
#ifndef ENDPOINTS_STUDENT_IMPORT_H
#define ENDPOINTS_STUDENT_IMPORT_H

#include "base/buf.h"
#include "flow/flow.h"
#include "records/import.h"
#include "records/specialty_mapping.h"

/* Who brings files in: schools students and nominations,
 * enterprises postings, the office
 * enterprises. What belongs to none of them is the office's. */
#define IMPORTERS                                                              \
	{ [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN,            \
	  [ROLE_OFFICE] = SCOPE_ALL }

struct import_row {
	int64_t number;			/* as a spreadsheet shows it */
	const char *student_number;	/* NULL: none that can be read */
	enum import_status status;
	struct flaws flaws, notes;
	size_t at, bytes;		/* its JSON in import.values */
	char student_id[UUID_TEXT_BYTES];
};

struct student_import {
	bool is_dry, is_upsert, lets_others_be;
	const char *mode;
	struct import_against against;
	struct specialty_mapping_new mapping;	/* of this file */
	const char *encoding;
	struct import_row *rows;
	int count;
	bool has_bad_row;
	struct buf values;	/* a JSON object for each sound row */
	struct buf payload;	/* those that may be written, as an array */
};

/*
 * Read and check f->raw; for the pool, with specialty_lists.sql answered.
 *
 * out    rows, each with its flaws; the payload
 * fails  what is wrong with the file as a whole: 422
 */
enum flow_next import_read(struct flow *f, struct student_import *import);

/* Takes over what students_import.sql answers. */
void import_settle(struct student_import *import, const struct rows *rows);

/* The report, in the language of the request. */
void import_report(const struct student_import *import, enum lang lang,
		   struct buf *out);

/* As import_errors of the schema takes it. */
const char *import_language(enum lang lang);

/* Adds a flaw to a row, which is then rejected. */
void import_reject(struct import_row *row, const struct flaw *why);

#endif
