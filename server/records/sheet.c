/*
 * sheet.c - cells are tidied by their column, then go through a table of
 * fields like any parameter.
 */
#include "records/sheet.h"

#include <string.h>

#include "base/text.h"

static void tidy_cells(const struct sheet *sheet, struct csv_row *row,
		       struct arena *mem)
{
	for (size_t i = 0; i < row->count; i++)
		for (const struct sheet_tidy *t = sheet->tidies; t->column; t++)
			if (text_same(row->cells[i].name, t->column))
				row->cells[i].value = t->tidy(
					mem, row->cells[i].value);
}

bool sheet_says(const struct sheet_said *said, const char *column)
{
	if (!said->cells)
		return shape_has(said->fields, &said->seen, column) &&
		       !shape_is_null(said->fields, &said->seen, column);
	for (size_t i = 0; i < said->cells->count; i++)
		if (text_same(said->cells->cells[i].name, column))
			return true;
	return false;
}

bool sheet_read(const struct sheet *sheet, const struct sheet_record *record,
		void *out, struct sheet_said *said, struct flaws *flaws)
{
	struct shape_into into = { .out = out, .seen = &said->seen,
				   .flaws = flaws };

	*said = (struct sheet_said){ .fields = sheet->fields,
				     .cells = record->cells };
	memset(out, 0, sheet->record_bytes);
	if (!record->cells)
		return sheet_line_read(&record->line, sheet->fields, out,
				       &said->seen, flaws);
	tidy_cells(sheet, record->cells, flaws->mem);
	shape_params(sheet->fields, &into, record->cells->cells,
		     record->cells->count);
	return true;
}
