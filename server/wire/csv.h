/*
 * csv.h - the spreadsheets that schools and enterprises have, read row by
 * row, and written so that no cell becomes a formula.
 *
 * Why our own reader (Debian has libcsv): libcsv does not say where an error
 * is and stops at the first; it drops blank lines, so that row numbers are no
 * longer those the user sees; its cells grow without a limit; and it cuts
 * blanks unless taught otherwise. What it would save is one switch.
 *
 * from  RFC 4180, also with LF or CR alone at the end of a line
 */
#ifndef WIRE_CSV_H
#define WIRE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "wire/shape.h"

enum { CSV_COLUMNS_MAX = 64, CSV_CELL_BYTES_MAX = 4096 };

/* A column the caller knows, by its name or an alias, letters of any case. */
struct csv_column {
	const char *name;
	const char *const *aliases;	/* NULL-terminated; may be NULL */
	bool is_required;
};

/* Columns that a file given back has beside its own (import_marks.h): where
 * they come along again they are left alone. Until a NULL name. */
struct csv_mark { const char *english, *chinese; };
extern const struct csv_mark csv_marks[];
bool csv_is_mark(const char *name);

struct csv_form {
	const struct csv_column *columns;	/* until a NULL name */
	bool lets_others_be;	/* columns nobody knows are no flaw */
	int64_t rows_max;	/* without the header */
};

/* One row: its cells as parameters for shape_params, empty ones left out. */
struct csv_row {
	int64_t number;		/* as a spreadsheet shows it */
	struct param cells[CSV_COLUMNS_MAX];
	size_t count;
	/* Every cell by its place in the file, to show the row again; "" for
	 * one that could not be read. */
	const char *texts[CSV_COLUMNS_MAX];
	size_t text_count;
};

struct csv;

/*
 * Find the encoding (UTF-8 with or without BOM, else GB18030) and read the
 * header, the first row that is not blank.
 *
 * in     bytes are kept until the arena is reset; form too
 * fails  NULL, flaws say why; `where` is the column as the file names it:
 *        unknown, repeated, or (its name) required and missing; "" for the
 *        whole file: empty, UTF-16, XLSX
 * mem    mem
 */
struct csv *csv_open(struct arena *mem, const struct csv_form *form,
		     const char *at, size_t bytes, struct flaws *flaws);

/*
 * The next row that is not blank. Texts are UTF-8 in NFC with trimmed ends,
 * and live in the arena of the flaws. A row may end early: Excel leaves
 * empty cells at the end away.
 *
 * out    true: row->number is set; if flaws were added (`where` is the
 *        column's name, or "" for the row) the cells are those without
 * fails  false: there are no more rows. One row beyond rows_max comes with
 *        the flaw too-many-rows, and is the last
 */
MUST_CHECK bool csv_next(struct csv *csv, struct csv_row *row,
			 struct flaws *flaws);

/* The names of the columns as the file has them, by place. */
const char *const *csv_header(const struct csv *csv, size_t *count);

/* "UTF-8" or "GB18030". */
const char *csv_encoding(const struct csv *csv);

/*
 * Writing: UTF-8 with BOM (Excel needs it), every text in quotes, CR LF. If
 * `is_defusing`, a text that a spreadsheet would take for a formula gets a '
 * before it, and so does one that begins with ' and then such a text: csv_next
 * takes one off again, so nothing is lost.
 *
 * from  reliability.md, "CSV formulas"
 */
struct csv_writer {
	struct buf *out;
	bool is_defusing, is_in_row;
};

void csv_begin(struct csv_writer *w, struct buf *out, bool is_defusing);
void csv_text(struct csv_writer *w, const char *text);	/* NULL: empty */
void csv_int(struct csv_writer *w, int64_t value);
void csv_end_row(struct csv_writer *w);

/* Would a spreadsheet take the text, without leading ', for a formula? */
bool csv_is_formula(const char *text);

#endif
