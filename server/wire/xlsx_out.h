/*
 * xlsx_out.h - a workbook of one sheet, written row by row into a file with no
 * name and then read back: memory does not grow with the rows.
 *
 * A text is a text in it, whatever it begins with; no cell is a formula. What
 * is longer than a cell may be ends in an ellipsis.
 *
 * mem   rows lie in files without names in /tmp, about 1 KiB each, until the
 *       workbook is closed
 * from  ECMA-376; Excel's limits of 1,048,576 rows and 32,767 UTF-16 units
 */
#ifndef WIRE_XLSX_OUT_H
#define WIRE_XLSX_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "wire/flat.h"

enum { XLSX_OUT_ROWS_MAX = 1048576, XLSX_OUT_UNITS_MAX = 32767 };

struct xlsx_out;

/* With the headings (NULL-terminated, borrowed) as its first row.
 * fails  NULL, errno set: there is no room for temporary files */
struct xlsx_out *xlsx_out_open(const char *const *headings);
void xlsx_out_close(struct xlsx_out *x);	/* NULL: nothing to do */

/* Is there room for a row? Then its cells, from the left, and its end. */
bool xlsx_out_has_room(const struct xlsx_out *x);
void xlsx_out_cell(struct xlsx_out *x, size_t column, const struct flat *cell);
void xlsx_out_end_row(struct xlsx_out *x);

/* No row follows. fails  what was written could not be kept */
MUST_CHECK bool xlsx_out_finish(struct xlsx_out *x);

/* Once finished: some bytes from there. out  how many; 0 at the end.
 * fails  -1 */
long xlsx_out_read(const struct xlsx_out *x, size_t offset, char *to,
		   size_t bytes);

#endif
