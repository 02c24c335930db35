/*
 * xlsx.h - a sheet of an XLSX workbook, read row by row like a CSV file
 * (wire/csv.h): libzip unpacks and expat parses in pieces, and the shared
 * strings lie in a spool, so that memory does not grow with the file.
 *
 * A workbook from outside may be made to harm. Every part is bounded in bytes
 * unpacked, tokens and depth in what they may keep in memory; document types
 * (and with them entities) are refused; references must lead to what is there
 * and go upward; nothing outside of the file is ever opened.
 *
 * Cells become texts as people see them: dates 2006-03-14 (with the time
 * behind a blank, if there is one), numbers without exponent, with the zeros
 * in front that a format such as 00000000 shows, formulas as their cached
 * value. A number of more than 15 digits is a flaw: a spreadsheet has lost the
 * rest; so are errors (#REF!) and formulas without a value.
 *
 * from  ECMA-376-1:2016, 18.2, 18.3, 18.4, 18.8; ECMA-376-2 for the parts
 */
#ifndef WIRE_XLSX_H
#define WIRE_XLSX_H

#include "wire/csv.h"

struct xlsx;

struct xlsx_source {
	const char *at;		/* kept until the arena is reset */
	size_t bytes;
	const char *sheet;	/* its name; "": the first */
};

/*
 * in     form is kept
 * fails  NULL, flaws say why, as csv_open has them
 * mem    mem, and spools that are closed with it
 */
struct xlsx *xlsx_open(struct arena *mem, const struct csv_form *form,
		       const struct xlsx_source *source, struct flaws *flaws);

/* As csv_next. fails  false also if the file breaks off: see xlsx_broken */
MUST_CHECK bool xlsx_next(struct xlsx *x, struct csv_row *row,
			  struct flaws *flaws);

/* Was what came behind the last row no sheet? Then a flaw says so. */
bool xlsx_broken(const struct xlsx *x, struct flaws *flaws);

const char *const *xlsx_header(const struct xlsx *x, size_t *count);

#endif
