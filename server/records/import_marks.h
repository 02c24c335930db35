/*
 * import_marks.h - a file given back with what became of each row beside it,
 * in columns that a file may bring along again: they are left alone.
 *
 * from  api-spec/openapi.yaml, getMarkedImport
 */
#ifndef RECORDS_IMPORT_MARKS_H
#define RECORDS_IMPORT_MARKS_H

#include "base/arena.h"
#include "wire/csv.h"
#include "wire/rows.h"

/* The columns of the copy: those of the file that are no marks of an earlier
 * copy, then the marks. */
struct import_marks {
	struct csv_writer csv;
	bool is_chinese;
	bool is_kept[CSV_COLUMNS_MAX];	/* of the file's columns */
	size_t count;
	int64_t last;			/* n of the last row written; -1 */
};

/* Begins the copy: its header. in: a row of import_header.sql; out is kept */
void import_marks_begin(struct import_marks *m, struct buf *out,
			const struct rows *header, bool is_chinese);

/* Adds rows of import_rows_marked.sql; each passes through scratch. */
void import_marks_add(struct import_marks *m, const struct rows *rows,
		      struct arena *scratch);

#endif
