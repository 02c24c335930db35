/*
 * sheet.h - what a file of one kind looks like, as tables: its columns by
 * English and Chinese names, its fields, and how people and Excel write them.
 * One reader takes a row of a spreadsheet or a line of JSON to the struct.
 *
 * from  product.md, "School"; api-spec/openapi.yaml, createImport
 */
#ifndef RECORDS_SHEET_H
#define RECORDS_SHEET_H

#include "records/sheet_line.h"
#include "wire/csv.h"
#include "wire/shape.h"

/* A cell as the table of fields takes it; the text itself if it is none. */
typedef const char *sheet_tidy_cell(struct arena *mem, const char *text);

struct sheet_tidy {
	const char *column;
	sheet_tidy_cell *tidy;
};

struct sheet {
	const struct csv_column *columns;	/* until a NULL name */
	const struct field *fields;		/* of the struct */
	const struct sheet_tidy *tidies;	/* until a NULL column */
	size_t record_bytes;			/* sizeof the struct */
};

/* A row of a spreadsheet, or (cells NULL) a line of JSON. */
struct sheet_record {
	struct csv_row *cells;
	struct sheet_line line;
};

/* What of a row was there, right or wrong. */
struct sheet_said {
	const struct field *fields;
	const struct csv_row *cells;		/* or NULL */
	struct shape_seen seen;
};
bool sheet_says(const struct sheet_said *said, const char *column);

/*
 * Read a row; every flaw names its column.
 *
 * in     a row's cells are changed in place; out has room for the struct
 * out    texts live in the arena of the flaws
 * fails  nothing of it can be read: one flaw, `where` is ""
 */
MUST_CHECK bool sheet_read(const struct sheet *sheet,
			   const struct sheet_record *record, void *out,
			   struct sheet_said *said, struct flaws *flaws);

/* ---- cells as people write them ---- */

/* 2006/3/14, 2006年3月14日, 20060314, 2006-03-14 00:00:00: 2006-03-14. */
sheet_tidy_cell sheet_tidy_date;
/* 2027/1/31 18:00 in China: 2027-01-31T18:00:00+08:00; a day is its end. */
sheet_tidy_cell sheet_tidy_time;
/* 2024级, 2024年: 2024. */
sheet_tidy_cell sheet_tidy_year;
/* 男, F: male, female. */
sheet_tidy_cell sheet_tidy_sex;
/* "焊接、CAD， 钳工": with single commas and without blanks around them. */
sheet_tidy_cell sheet_tidy_list;
/* 3500, 3,500.50, 3500元: yuan, as fen. */
sheet_tidy_cell sheet_tidy_fen;

/* The second word of the row whose first one the text is, letters of any
 * case; the text itself if there is none. */
const char *sheet_tidy_word(struct arena *mem, const char *text,
			    const char *const (*words)[2], size_t count);

#endif
