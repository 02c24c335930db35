/* Nothing is kept of a table: once for the widths and once for the text, every
 * row is made anew. */
#include "matcher/cli/table.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "matcher/cli/width.h"
#include "matcher/insist.h"

static const char gap[] = "  ";

void cell_id(struct cell *cell, struct match_id id)
{
	MATCH_INSIST(id.bytes <= CELL_BYTES - cell->bytes);
	memcpy(cell->text + cell->bytes, id.text, id.bytes);
	cell->bytes += id.bytes;
}

void cell_text(struct cell *cell, const char *text)
{
	cell_id(cell, (struct match_id){text, (uint32_t)strlen(text)});
}

void cell_number(struct cell *cell, int64_t number)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%" PRId64, number);
	cell_text(cell, digits);
}

void cell_hundredths(struct cell *cell, int64_t hundredths)
{
	char digits[24];
	int64_t size = hundredths < 0 ? -hundredths : hundredths;

	snprintf(digits, sizeof(digits), "%s%" PRId64 ".%02d",
		 hundredths < 0 ? "-" : "", size / 100, (int)(size % 100));
	cell_text(cell, digits);
}

static bool fill_row(const struct table *table, uint32_t row,
		     struct cell *cells)
{
	for (uint32_t i = 0; i < table->column_count; i++)
		cells[i].bytes = 0;
	return table->fill(table->of, row, cells);
}

static uint32_t cell_width(const struct cell *cell)
{
	return display_width((struct match_id){cell->text, cell->bytes});
}

static void pad(struct match_sink *sink, uint32_t count)
{
	while (count--)
		match_sink_text(sink, " ");
}

/* No blanks at the end of a line. */
static void print_row(const struct cell *cells, uint32_t count,
		      const uint32_t *widths, struct match_sink *sink)
{
	while (count && !cells[count - 1].bytes)
		count--;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t rest = widths[i] - cell_width(&cells[i]);

		match_sink_text(sink, i ? gap : "");
		if (i)
			pad(sink, rest);
		match_sink_bytes(sink, cells[i].text, cells[i].bytes);
		if (!i && count > 1)
			pad(sink, rest);
	}
	match_sink_text(sink, "\n");
}

void print_table(const struct table *table, struct match_sink *sink)
{
	struct cell cells[TABLE_COLUMNS_MAX];
	uint32_t widths[TABLE_COLUMNS_MAX] = {0};

	MATCH_INSIST(table->column_count <= TABLE_COLUMNS_MAX);
	for (uint32_t row = 0; row < table->row_count; row++) {
		if (!fill_row(table, row, cells))
			continue;
		for (uint32_t i = 0; i < table->column_count; i++)
			if (widths[i] < cell_width(&cells[i]))
				widths[i] = cell_width(&cells[i]);
	}
	for (uint32_t row = 0; row < table->row_count; row++)
		if (fill_row(table, row, cells))
			print_row(cells, table->column_count, widths, sink);
}
