/*
 * Workbooks from outside. Whatever the bytes: rows are bounded and count
 * upward, cells are trimmed UTF-8 in NFC, flaws have words. The first byte
 * says how to read: 'z', the rest is the file; else it is the XML of the sheet
 * ('s'), the shared strings ('t') or the styles ('y') of a sound one, so that
 * the fuzzer does not have to find its way through deflate and checksums.
 */
#include <stdint.h>
#include <string.h>
#include <zip.h>

#include "base/arena.h"
#include "base/text.h"
#include "wire/unicode.h"
#include "wire/xlsx.h"

enum { ROWS_MAX = 50, COLUMNS = 3 };

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t bytes);

static const struct csv_column columns[] = {
	{ "name", NULL, false },
	{ "code", NULL, false },
	{ "note", NULL, false },
	{ NULL, NULL, false },
};
static const struct csv_form form = { columns, true, ROWS_MAX };

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE                                                                 \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/* By the letter that puts something else in its place. */
static const struct part {
	char letter;
	const char *name, *text;
} parts[] = {
	{ 0, "xl/workbook.xml",
	  "<workbook xmlns='" MAIN "' xmlns:r='" OFFICE "'><sheets>"
	  "<sheet name='x' r:id='a'/></sheets></workbook>" },
	{ 0, "xl/_rels/workbook.xml.rels",
	  "<R><Relationship Id='a' Type='" OFFICE "/worksheet' Target='s'/>"
	  "<Relationship Id='b' Type='" OFFICE "/sharedStrings' Target='t'/>"
	  "<Relationship Id='c' Type='" OFFICE "/styles' Target='y'/></R>" },
	{ 's', "xl/s", "<w><sheetData><row><c t='s'><v>0</v></c></row>"
	  "<row><c t='s'><v>1</v></c></row><row><c s='1'><v>38790</v></c></row>"
	  "<row><c s='2'><v>7</v></c></row></sheetData></w>" },
	{ 't', "xl/t", "<sst><si><t>name</t></si><si><t>x</t></si></sst>" },
	{ 'y', "xl/y", "<s><numFmts><numFmt numFmtId='164' formatCode='000'/>"
	  "</numFmts><cellXfs><xf/><xf numFmtId='14'/><xf numFmtId='164'/>"
	  "</cellXfs></s>" },
};

static void check_flaws(const struct flaws *flaws)
{
	for (const struct flaw *f = flaws->first; f; f = f->next) {
		must(text_is_utf8(f->where, strlen(f->where)));
		must(*f->code && *f->english && *f->chinese);
	}
}

static void check_row(struct arena *mem, const struct csv_row *row)
{
	must(row->count <= COLUMNS && row->text_count <= CSV_COLUMNS_MAX);
	for (size_t i = 0; i < row->count; i++) {
		const char *text = row->cells[i].value;

		must(*text && strlen(text) <= 4 * CSV_CELL_BYTES_MAX);
		must(text_is_utf8(text, strlen(text)));
		must(text_same(unicode_nfc(mem, text), text));
	}
	for (size_t i = 0; i < row->text_count; i++)
		must(row->texts[i] != NULL);
}

static void read_workbook(struct arena *mem, const char *at, size_t bytes)
{
	struct xlsx_source source = { at, bytes, "" };
	struct csv_row row;
	struct flaws flaws;
	int64_t last = 0, rows = 0;
	struct xlsx *x;

	flaws_init(&flaws, mem);
	x = xlsx_open(mem, &form, &source, &flaws);
	must((x == NULL) == (flaws.count > 0));
	check_flaws(&flaws);
	flaws_init(&flaws, mem);
	while (x && xlsx_next(x, &row, &flaws)) {
		must(row.number > last && ++rows <= ROWS_MAX + 1);
		last = row.number;
		check_flaws(&flaws);
		check_row(mem, &row);
		flaws_init(&flaws, mem);
	}
	if (x && xlsx_broken(x, &flaws))
		check_flaws(&flaws);
}

static void add_part(zip_t *zip, const char *name, const void *at,
		     size_t bytes)
{
	zip_source_t *from = zip_source_buffer(zip, at, bytes, 0);
	zip_int64_t index;

	must(from != NULL);
	index = zip_file_add(zip, name, from, 0);
	must(index >= 0);
	must(zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE,
				      0) == 0);
}

/* The sound workbook with one part from outside. */
static void read_part(struct arena *mem, char letter, const uint8_t *at,
		      size_t bytes)
{
	zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(out, ZIP_TRUNCATE, NULL);
	zip_stat_t stat;
	char *all;

	must(zip != NULL);
	zip_source_keep(out);
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		if (parts[i].letter && parts[i].letter == letter)
			add_part(zip, parts[i].name, at, bytes);
		else
			add_part(zip, parts[i].name, parts[i].text,
				 strlen(parts[i].text));
	must(zip_close(zip) == 0 && zip_source_stat(out, &stat) == 0);
	all = arena_array(mem, char, stat.size);
	must(zip_source_open(out) == 0);
	must(zip_source_read(out, all, stat.size) == (zip_int64_t)stat.size);
	zip_source_close(out);
	zip_source_free(out);
	read_workbook(mem, all, stat.size);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t bytes)
{
	struct arena *mem = arena_open();

	if (bytes && *at == 'z')
		read_workbook(mem, (const char *)at + 1, bytes - 1);
	else if (bytes)
		read_part(mem, (char)*at, at + 1, bytes - 1);
	arena_close(mem);
	return 0;
}
