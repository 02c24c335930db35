/*
 * xlsx_out.c - libxlsxwriter in its mode of constant memory. It wants a name
 * for its file; /proc gives one to a file that has none, so that nothing is
 * left behind, whatever becomes of the process.
 */
#include "wire/xlsx_out.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/mem.h"

enum { PATH_BYTES = 40, COLUMN_WIDTH = 18, PAGE_BYTES = 4096 };

/* Of a zip file. */
enum { ZIP_END = 0x06054b50, ZIP_END_BYTES = 22, ZIP_ENTRY = 0x02014b50,
       ZIP_ENTRY_BYTES = 46, DIRECTORY_BYTES = 8192 };

/* Beyond it a double is no longer every integer. */
static const int64_t exact_max = INT64_C(1) << 53;

struct xlsx_out {
	FILE *file;
	lxw_workbook *book;	/* NULL: finished */
	lxw_worksheet *sheet;
	lxw_row_t row;
	struct buf escaped, cut;
};

static void write_header(struct xlsx_out *x, const char *const *headings)
{
	lxw_format *bold = workbook_add_format(x->book);
	lxw_col_t i;

	format_set_bold(bold);
	for (i = 0; headings[i]; i++)
		worksheet_write_string(x->sheet, 0, i, headings[i], bold);
	if (i)
		worksheet_set_column(x->sheet, 0, i - 1, COLUMN_WIDTH, NULL);
	worksheet_freeze_panes(x->sheet, 1, 0);
	x->row = 1;
}

struct xlsx_out *xlsx_out_open(const char *const *headings)
{
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	FILE *file = tmpfile();
	char path[PATH_BYTES];
	struct xlsx_out *x;

	if (!file)
		return NULL;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fileno(file));
	x = mem_new(struct xlsx_out);
	x->file = file;
	x->book = workbook_new_opt(path, &options);
	x->sheet = x->book ? workbook_add_worksheet(x->book, NULL) : NULL;
	if (!x->sheet) {
		xlsx_out_close(x);
		return NULL;
	}
	write_header(x, headings);
	return x;
}

void xlsx_out_close(struct xlsx_out *x)
{
	if (!x)
		return;
	lxw_workbook_free(x->book);
	fclose(x->file);
	buf_close(&x->escaped);
	buf_close(&x->cut);
	mem_free(x);
}

bool xlsx_out_has_room(const struct xlsx_out *x)
{
	return x->row < XLSX_OUT_ROWS_MAX;
}

/* How many bytes the first `most` UTF-16 units take; all, if there are no
 * more. */
static size_t bytes_of_units(const char *text, size_t most)
{
	size_t units = 0, at = 0;

	while (text[at]) {
		unsigned char lead = (unsigned char)text[at];
		size_t width = lead < 0x80 ? 1 : lead < 0xE0 ? 2 :
			       lead < 0xF0 ? 3 : 4;

		units += width == 4 ? 2 : 1;
		if (units > most)
			break;
		at += width;
	}
	return at;
}

/* Would a reader take it for a character by its number, as in "_x0041_"? */
static bool is_escape(const char *at)
{
	return at[0] == '_' && at[1] == 'x' &&
	       strspn(at + 2, "0123456789ABCDEFabcdef") >= 4 && at[6] == '_';
}

/* With its "_" by number, too. */
static const char *escaped(struct buf *out, const char *text)
{
	const char *at = strstr(text, "_x");

	while (at && !is_escape(at))
		at = strstr(at + 1, "_x");
	if (!at)
		return text;
	buf_clear(out);
	for (at = text; *at; at++) {
		if (is_escape(at))
			buf_text(out, "_x005F_");
		else
			buf_byte(out, *at);
	}
	buf_byte(out, '\0');
	return out->at;
}

static const char *cut_to_fit(struct buf *out, const char *text)
{
	size_t fits = bytes_of_units(text, XLSX_OUT_UNITS_MAX);

	if (!text[fits])
		return text;
	buf_clear(out);
	buf_bytes(out, text, bytes_of_units(text, XLSX_OUT_UNITS_MAX - 1));
	buf_text(out, "…");
	buf_byte(out, '\0');
	return out->at;
}

static void write_text(struct xlsx_out *x, lxw_col_t column, const char *text)
{
	text = cut_to_fit(&x->cut, escaped(&x->escaped, text));
	worksheet_write_string(x->sheet, x->row, column, text, NULL);
}

static void write_int(struct xlsx_out *x, lxw_col_t column, int64_t value)
{
	char text[24];

	if (value <= exact_max && value >= -exact_max) {
		worksheet_write_number(x->sheet, x->row, column,
				       (double)value, NULL);
		return;
	}
	snprintf(text, sizeof(text), "%lld", (long long)value);
	worksheet_write_string(x->sheet, x->row, column, text, NULL);
}

void xlsx_out_cell(struct xlsx_out *x, size_t column, const struct flat *cell)
{
	lxw_col_t at = (lxw_col_t)column;

	switch (cell->kind) {
	case FLAT_NONE:
		return;
	case FLAT_TEXT:
		write_text(x, at, cell->text);
		return;
	case FLAT_INT:
		write_int(x, at, cell->number);
		return;
	case FLAT_BOOL:
		worksheet_write_boolean(x->sheet, x->row, at,
					(int)cell->number, NULL);
		return;
	}
}

void xlsx_out_end_row(struct xlsx_out *x)
{
	must(xlsx_out_has_room(x));
	x->row++;
}

/* ---- is it whole? ---- */

static uint32_t number_at(const uint8_t *at, int bytes)
{
	uint32_t number = 0;

	while (bytes--)
		number = number << 8 | at[bytes];
	return number;
}

/* The central directory, or 0 bytes. from  APPNOTE 4.3.12, 4.3.16 */
static size_t read_directory(const struct xlsx_out *x, uint8_t *to,
			     size_t room)
{
	off_t end = lseek(fileno(x->file), 0, SEEK_END);
	uint8_t last[ZIP_END_BYTES];
	size_t bytes;

	if (end < ZIP_END_BYTES ||
	    pread(fileno(x->file), last, sizeof(last), end - ZIP_END_BYTES) !=
		    ZIP_END_BYTES || number_at(last, 4) != ZIP_END)
		return 0;
	bytes = number_at(last + 12, 4);
	if (bytes > room || pread(fileno(x->file), to, bytes,
				  (off_t)number_at(last + 16, 4)) !=
				    (ssize_t)bytes)
		return 0;
	return bytes;
}

/*
 * The library copies its parts through temporary files and does not look
 * whether they could be kept. A full disk cuts at a page: so a part that ends
 * at one, or a sheet no longer than its rows, was cut.
 */
static bool is_part_whole(const uint8_t *entry, uint32_t row_bytes)
{
	static const char sheet[] = "xl/worksheets/sheet1.xml";
	uint32_t size = number_at(entry + 24, 4);
	uint32_t name_bytes = number_at(entry + 28, 2);

	if (name_bytes == sizeof(sheet) - 1 &&
	    memcmp(entry + ZIP_ENTRY_BYTES, sheet, name_bytes) == 0)
		return size > row_bytes;
	return size % PAGE_BYTES != 0;
}

static bool is_whole(const struct xlsx_out *x, uint32_t row_bytes)
{
	uint8_t directory[DIRECTORY_BYTES];
	size_t bytes = read_directory(x, directory, sizeof(directory)), at = 0;

	while (at + ZIP_ENTRY_BYTES < bytes) {
		const uint8_t *entry = directory + at;

		if (number_at(entry, 4) != ZIP_ENTRY ||
		    !is_part_whole(entry, row_bytes))
			return false;
		at += ZIP_ENTRY_BYTES + number_at(entry + 28, 2) +
		      number_at(entry + 30, 2) + number_at(entry + 32, 2);
	}
	return bytes > 0 && at == bytes;
}

bool xlsx_out_finish(struct xlsx_out *x)
{
	off_t row_bytes;
	bool is_kept;

	must(x->book);
	is_kept = fflush(x->sheet->optimize_tmpfile) == 0 &&
		  !ferror(x->sheet->optimize_tmpfile);
	row_bytes = ftello(x->sheet->optimize_tmpfile);
	if (!is_kept || row_bytes < 0 || row_bytes >= UINT32_MAX)
		return false;
	is_kept = workbook_close(x->book) == LXW_NO_ERROR;
	x->book = NULL;
	return is_kept && is_whole(x, (uint32_t)row_bytes);
}

long xlsx_out_read(const struct xlsx_out *x, size_t offset, char *to,
		   size_t bytes)
{
	must(!x->book);
	return (long)pread(fileno(x->file), to, bytes, (off_t)offset);
}
