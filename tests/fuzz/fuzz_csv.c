/*
 * Spreadsheets from outside. Whatever the bytes: rows are bounded and count
 * upward, cells are trimmed UTF-8 in NFC, flaws have words; and what was read
 * is read again, the same, when csv_text writes it.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "wire/csv.h"
#include "wire/unicode.h"

enum { ROWS_MAX = 50, COLUMNS = 3 };

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t bytes);

static const char *const aliases[] = { "姓名", NULL };
static const struct csv_column columns[] = {
	{ "name", aliases, false },
	{ "code", NULL, false },
	{ "note", NULL, false },
	{ NULL, NULL, false },
};
static const struct csv_form strict = { columns, false, ROWS_MAX };
static const struct csv_form lax = { columns, true, ROWS_MAX };

static void check_flaws(const struct flaws *flaws)
{
	for (const struct flaw *f = flaws->first; f; f = f->next) {
		must(text_is_utf8(f->where, strlen(f->where)));
		must(*f->code && *f->english && *f->chinese);
	}
}

static void check_row(struct arena *mem, const struct csv_row *row)
{
	must(row->count <= COLUMNS);
	for (size_t i = 0; i < row->count; i++) {
		const char *text = row->cells[i].value;

		must(*text && text_is_utf8(text, strlen(text)));
		must(text_same(unicode_nfc(mem, text), text));
	}
}

static const char *cell_of(const struct csv_row *row, const char *name)
{
	for (size_t i = 0; i < row->count; i++)
		if (text_same(row->cells[i].name, name))
			return row->cells[i].value;
	return NULL;
}

/* Longer cells may grow beyond the limit when they become UTF-8. */
static bool is_short(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (strlen(row->cells[i].value) * 2 > CSV_CELL_BYTES_MAX)
			return false;
	return row->count > 0;
}

static void check_round_trip(struct arena *mem, const struct csv_row *row)
{
	struct buf out = { 0 };
	struct csv_writer w;
	struct csv_row again;
	struct flaws flaws;
	struct csv *csv;

	flaws_init(&flaws, mem);
	csv_begin(&w, &out, true);
	for (int i = 0; i < COLUMNS; i++)
		csv_text(&w, columns[i].name);
	csv_end_row(&w);
	for (int i = 0; i < COLUMNS; i++)
		csv_text(&w, cell_of(row, columns[i].name));
	csv_end_row(&w);
	csv = csv_open(mem, &strict, out.at, out.used, &flaws);
	must(csv && csv_next(csv, &again, &flaws));
	must(flaws.count == 0 && again.count == row->count);
	for (size_t i = 0; i < again.count; i++)
		must(text_same(again.cells[i].value,
			       cell_of(row, again.cells[i].name)));
	buf_close(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t bytes)
{
	struct arena *mem = arena_open();
	bool is_lax = bytes && *at == 'l';
	struct csv_row row;
	struct flaws flaws;
	int64_t last = 1, rows = 0;
	struct csv *csv;

	flaws_init(&flaws, mem);
	if (bytes == 0)
		at = (const uint8_t *)"", bytes = 1;
	csv = csv_open(mem, is_lax ? &lax : &strict, (const char *)at + 1,
		       bytes - 1, &flaws);
	must((csv == NULL) == (flaws.count > 0));
	check_flaws(&flaws);
	flaws_init(&flaws, mem);
	while (csv && csv_next(csv, &row, &flaws)) {
		must(row.number > last && ++rows <= ROWS_MAX + 1);
		last = row.number;
		check_flaws(&flaws);
		check_row(mem, &row);
		if (!flaws.count && is_short(&row))
			check_round_trip(mem, &row);
		flaws_init(&flaws, mem);
	}
	arena_close(mem);
	return 0;
}
