/*
 * student_sheet.h - a row of a school's spreadsheet as a student: columns by
 * English or Chinese names, cells as people and Excel write them.
 *
 * from  product.md, "School"; api-spec/openapi.yaml, createImport
 */
#ifndef RECORDS_STUDENT_SHEET_H
#define RECORDS_STUDENT_SHEET_H

#include "records/catalogue.h"
#include "records/sheet_line.h"
#include "records/student.h"
#include "wire/csv.h"

enum { STUDENT_SHEET_ROWS_MAX = 20000 };

/* The second one lets columns be that nobody knows. */
extern const struct csv_form student_sheet, student_sheet_loose;

/*
 * Read one row; every flaw names its column.
 *
 * in     the row's cells are changed in place; level is the school's
 * out    texts live in the arena of the flaws, or are the catalogue's
 */
void student_sheet_read(struct csv_row *row, const struct catalogue *catalogue,
			const char *level, struct student_new *out,
			struct flaws *flaws);

/*
 * The same for a line of JSON Lines: an object of these members, lists as
 * arrays, null for what is not there.
 */
void student_sheet_read_line(const struct sheet_line *line,
			     const struct catalogue *catalogue,
			     const char *level, struct student_new *out,
			     struct flaws *flaws);

/* What may be written of the row, as schema/queries/students_import.sql reads
 * it, into the open object. */
void student_sheet_write(struct json_writer *w, const struct student_new *s);

#endif
