/*
 * sheet_line.h - a line of JSON Lines in the place of a row of a spreadsheet:
 * an object, whose flaws are told by the names of its members.
 */
#ifndef RECORDS_SHEET_LINE_H
#define RECORDS_SHEET_LINE_H

#include "wire/shape.h"

struct sheet_line {
	const char *at;
	size_t bytes;
	bool lets_others_be;	/* members nobody knows are no flaw */
};

/*
 * out    true: the table's struct is filled; flaws say `name`, or `skills/0`
 * fails  it is no JSON object that can be read: one flaw, `where` is ""
 */
MUST_CHECK bool sheet_line_read(const struct sheet_line *line,
				const struct field *table, void *out,
				struct shape_seen *seen, struct flaws *flaws);

#endif
