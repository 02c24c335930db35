/* import_report.c - what became of each row, and how it is told. */
#include <string.h>

#include "endpoints/student_import.h"

/* Columns of schema/queries/students_import.sql. */
enum { N, STUDENT_ID, IS_KNOWN, IS_NEW, IS_CHANGED, IS_DIVISION_UNKNOWN,
       IS_BACKWARD };

static const char *const status_words[IMPORT_STATUS_COUNT] = {
	[IMPORT_REJECTED] = "rejected",
	[IMPORT_CREATED] = "created",
	[IMPORT_UPDATED] = "updated",
	[IMPORT_UNCHANGED] = "unchanged",
	[IMPORT_WOULD_CREATE] = "would_create",
	[IMPORT_WOULD_UPDATE] = "would_update",
	[IMPORT_NOT_WRITTEN] = "not_written",
};

static const struct flaw unknown_division = {
	.where = "home_division_code", .code = "unknown-code",
	.english = "is in no official list", .chinese = "不在官方代码表中"
};
static const struct flaw backward = {
	.where = "graduates_on", .code = "inconsistent",
	.english = "must not be before entry_year",
	.chinese = "不能早于入学年份"
};
static const struct flaw known = {
	.where = "student_number", .code = "duplicate",
	.english = "is a student of the school already",
	.chinese = "该学号已存在"
};

static enum import_status status_of(const struct student_import *import,
				    const struct rows *rows, int i)
{
	bool is_known = rows_bool(rows, i, IS_KNOWN);

	if (import->is_dry)
		return is_known ? IMPORT_WOULD_UPDATE : IMPORT_WOULD_CREATE;
	if (rows_bool(rows, i, IS_NEW))
		return IMPORT_CREATED;
	if (rows_bool(rows, i, IS_CHANGED))
		return IMPORT_UPDATED;
	return import->is_upsert ? IMPORT_UNCHANGED : IMPORT_NOT_WRITTEN;
}

void import_settle(struct student_import *import, const struct rows *rows)
{
	for (int i = 0; i < rows_count(rows); i++) {
		struct import_row *row =
			&import->rows[rows_int(rows, i, N)];
		const char *id = rows_text(rows, i, STUDENT_ID);

		must(rows_bytes(rows, i, STUDENT_ID) < UUID_TEXT_BYTES);
		memcpy(row->student_id, id, strlen(id) + 1);
		row->status = status_of(import, rows, i);
		if (rows_bool(rows, i, IS_DIVISION_UNKNOWN))
			import_reject(row, &unknown_division);
		if (rows_bool(rows, i, IS_BACKWARD))
			import_reject(row, &backward);
		if (rows_bool(rows, i, IS_KNOWN) && !import->is_dry &&
		    !import->is_upsert)
			import_reject(row, &known);
	}
}

static void write_errors(struct json_writer *w, const struct import_row *row,
			 enum lang lang)
{
	json_key(w, "errors");
	json_array(w);
	for (const struct flaw *flaw = row->flaws.first; flaw;
	     flaw = flaw->next) {
		json_object(w);
		json_member_text(w, "column", *flaw->where ? flaw->where :
							     NULL);
		json_member_text(w, "code", flaw->code);
		json_member_text(w, "detail", lang == LANG_EN ?
				 flaw->english : flaw->chinese);
		json_end(w);
	}
	json_end(w);
}

static void write_row(struct json_writer *w, const struct import_row *row,
		      enum lang lang)
{
	json_object(w);
	json_member_int(w, "row", row->number);
	json_member_text(w, "status", status_words[row->status]);
	json_member_text(w, "student_number", row->student_number);
	json_member_text(w, "student_id", *row->student_id ?
			 row->student_id : NULL);
	if (row->status == IMPORT_REJECTED)
		write_errors(w, row, lang);
	json_end(w);
}

static void write_counts(struct json_writer *w,
			 const struct student_import *import)
{
	int counts[IMPORT_STATUS_COUNT] = { 0 };

	for (int i = 0; i < import->count; i++)
		counts[import->rows[i].status]++;
	json_key(w, "counts");
	json_object(w);
	json_member_int(w, "rows", import->count);
	for (int i = IMPORT_REJECTED; i < IMPORT_STATUS_COUNT; i++)
		json_member_int(w, status_words[i], counts[i]);
	json_end(w);
}

void import_report(const struct student_import *import, enum lang lang,
		   struct buf *out)
{
	struct json_writer w;

	json_begin(&w, out);
	json_object(&w);
	json_member_text(&w, "kind", "students");
	json_member_text(&w, "mode", import->mode);
	json_member_text(&w, "encoding", import->encoding);
	write_counts(&w, import);
	json_key(&w, "rows");
	json_array(&w);
	for (int i = 0; i < import->count; i++)
		write_row(&w, &import->rows[i], lang);
	json_end(&w);
	json_end(&w);
}
