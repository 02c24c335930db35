/*
 * csv_head.h - the header of a table and what it makes of rows; only the
 * readers of spreadsheets (csv.c, xlsx*.c) include this.
 */
#ifndef WIRE_CSV_HEAD_H
#define WIRE_CSV_HEAD_H

#include "wire/csv.h"

struct csv_head {
	const struct csv_form *form;
	int64_t rows;			/* given out */
	/* By place in the file: the form's column, or none (-1). */
	int columns[CSV_COLUMNS_MAX];
	bool is_named[CSV_COLUMNS_MAX];
	const char *names[CSV_COLUMNS_MAX];
	size_t count;
};

/* The header, cell by cell; flaws as csv_open has them. */
MUST_CHECK bool csv_head_has_room(const struct csv_head *head,
				  struct flaws *flaws);
void csv_head_add(struct csv_head *head, const char *text,
		  struct flaws *flaws);
void csv_head_end(const struct csv_head *head, struct flaws *flaws);
void csv_head_blame_absent(struct flaws *flaws);

/* What to call a column that has no name, and one that may have one. */
const char *csv_head_place(struct arena *mem, size_t index);
const char *csv_head_name(const struct csv_head *head, struct arena *mem,
			  size_t index);

/* Cells up to that many are there, if only as "". */
void csv_head_skip(struct csv_row *row, size_t count);

/* A tidied cell that is not empty; those before it are skipped already. */
void csv_head_take(const struct csv_head *head, size_t index, const char *text,
		   struct csv_row *row, struct flaws *flaws);

/* Counts a row; false, with its flaw, if it is one too many. */
MUST_CHECK bool csv_head_count(struct csv_head *head, struct csv_row *row,
			       struct flaws *flaws);

/* NFC, trimmed, and without the ' before what a spreadsheet would take for a
 * formula. in: UTF-8 without control characters of the bytes' own */
const char *csv_head_tidy(struct arena *mem, const char *text);

#endif
