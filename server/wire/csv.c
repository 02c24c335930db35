/*
 * csv.c - bytes are cut into cells by one small switch, then each cell is
 * decoded and goes to the column its header named.
 */
#include "wire/csv.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "wire/csv_text.h"
#include "wire/unicode.h"

enum { NO_COLUMN = -1 };

/* What a cell ended at. */
enum cell_end { END_COMMA, END_LINE, END_FILE };

struct csv {
	const struct csv_form *form;
	struct csv_coding coding;
	const char *at, *end;		/* what is not read yet */
	int64_t number;			/* of the row read last */
	int64_t rows;			/* given out */
	bool is_over;
	/* By place in the file: the form's column, or NO_COLUMN. */
	int columns[CSV_COLUMNS_MAX];
	bool is_named[CSV_COLUMNS_MAX];
	const char *names[CSV_COLUMNS_MAX];
	size_t column_count;
	/* The cell at hand, quotes taken off, not yet decoded. */
	char cell[CSV_CELL_BYTES_MAX];
	size_t cell_bytes;		/* may be more than were kept */
	const char *broken;		/* what is wrong with its quotes */
	const char *broken_chinese;
};

static void keep(struct csv *csv, char byte)
{
	if (csv->cell_bytes < CSV_CELL_BYTES_MAX)
		csv->cell[csv->cell_bytes] = byte;
	csv->cell_bytes++;
}

static bool is_line_end(const struct csv *csv)
{
	return csv->at < csv->end && (*csv->at == '\n' || *csv->at == '\r');
}

/* Step over what ends a cell. */
static enum cell_end end_cell(struct csv *csv)
{
	if (csv->at == csv->end)
		return END_FILE;
	if (*csv->at == ',') {
		csv->at++;
		return END_COMMA;
	}
	csv->at += csv->at + 1 < csv->end && memcmp(csv->at, "\r\n", 2) == 0;
	csv->at++;
	return csv->at == csv->end ? END_FILE : END_LINE;
}

/* After broken quotes nothing in the line is sure: go on with the next. */
static enum cell_end give_line_up(struct csv *csv, const char *english,
				  const char *chinese)
{
	csv->broken = english;
	csv->broken_chinese = chinese;
	while (csv->at < csv->end && !is_line_end(csv))
		csv->at++;
	return end_cell(csv);
}

/* csv->at is behind the opening quote. */
static enum cell_end read_quoted(struct csv *csv)
{
	bool is_closed = false;

	for (; csv->at < csv->end; csv->at++) {
		if (*csv->at == '"') {
			csv->at++;
			is_closed = csv->at == csv->end || *csv->at != '"';
		}
		if (is_closed)
			break;
		keep(csv, *csv->at);
	}
	if (!is_closed)
		return give_line_up(csv, "opens a quote that is never closed",
				    "引号没有结束");
	if (csv->at < csv->end && *csv->at != ',' && !is_line_end(csv))
		return give_line_up(csv, "goes on behind its closing quote",
				    "结束引号之后还有内容");
	return end_cell(csv);
}

static enum cell_end read_cell(struct csv *csv)
{
	csv->cell_bytes = 0;
	csv->broken = NULL;
	if (csv->at < csv->end && *csv->at == '"') {
		csv->at++;
		return read_quoted(csv);
	}
	for (; csv->at < csv->end && *csv->at != ','; csv->at++) {
		if (is_line_end(csv))
			break;
		if (*csv->at == '"')
			return give_line_up(csv,
				"has a quote but does not begin with one",
				"含有引号，但没有以引号开头");
		keep(csv, *csv->at);
	}
	return end_cell(csv);
}

/* The cell at hand as text, or NULL and the flaw. */
static char *cell_text(struct csv *csv, const char *where, struct flaws *flaws)
{
	const char *name = csv->coding.name;
	char *text;

	if (csv->broken) {
		flaws_add(flaws, where, "broken-quote", csv->broken,
			  csv->broken_chinese);
		return NULL;
	}
	if (csv->cell_bytes > CSV_CELL_BYTES_MAX) {
		flaws_add(flaws, where, "too-long",
			  "must have at most 4096 bytes", "至多 4096 字节");
		return NULL;
	}
	if (memchr(csv->cell, '\0', csv->cell_bytes)) {
		flaws_add(flaws, where, "control-character",
			  "must not have control characters",
			  "不能含有控制字符");
		return NULL;
	}
	text = csv_decode(&csv->coding, flaws->mem, csv->cell,
			  csv->cell_bytes);
	if (!text) {
		flaws_add(flaws, where, "bad-encoding",
			  arena_print(flaws->mem,
				      "has bytes that are not %s", name),
			  arena_print(flaws->mem, "含有非 %s 编码的字节",
				      name));
		return NULL;
	}
	text = unicode_trim(flaws->mem, unicode_nfc(flaws->mem, text));
	return *text == '\'' && csv_is_formula(text) ? text + 1 : text;
}

/* "姓名*", as templates mark what is required, is "姓名". */
static char *header_name(struct arena *mem, const char *text)
{
	char *name = unicode_code(mem, text);
	size_t bytes;

	name += strspn(name, "*");
	bytes = strlen(name);
	while (bytes && name[bytes - 1] == '*')
		bytes--;
	name[bytes] = '\0';
	return unicode_trim(mem, name);
}

static bool is_named(const struct csv_column *column, const char *name)
{
	const char *const *alias = column->aliases;

	if (strcasecmp(column->name, name) == 0)
		return true;
	for (; alias && *alias; alias++)
		if (strcasecmp(*alias, name) == 0)
			return true;
	return false;
}

static int find_column(const struct csv_form *form, const char *name)
{
	for (int i = 0; form->columns[i].name; i++)
		if (is_named(&form->columns[i], name))
			return i;
	return NO_COLUMN;
}

static bool has_column(const struct csv *csv, int column)
{
	for (size_t i = 0; i < csv->column_count; i++)
		if (csv->columns[i] == column)
			return true;
	return false;
}

static void add_column(struct csv *csv, const char *text, struct flaws *flaws)
{
	const char *name = header_name(flaws->mem, text);
	int column = find_column(csv->form, name);

	if (column == NO_COLUMN && *name && !csv->form->lets_others_be)
		flaws_add(flaws, text, "unknown", "is not a known column",
			  "未知的列");
	if (column != NO_COLUMN && has_column(csv, column)) {
		flaws_add(flaws, text, "repeated", "is there twice",
			  "该列重复出现");
		column = NO_COLUMN;
	}
	csv->names[csv->column_count] = text;
	csv->is_named[csv->column_count] = *name != '\0';
	csv->columns[csv->column_count++] = column;
}

/* What to call a column that has no name, counted from 0. */
static const char *place(struct arena *mem, size_t index)
{
	return arena_print(mem, "column %zu", index + 1);
}

/* True if the row was not blank. */
static bool read_header_row(struct csv *csv, struct flaws *flaws)
{
	enum cell_end end;
	bool is_blank = true;

	csv->number++;
	csv->column_count = 0;
	do {
		const char *text;

		end = read_cell(csv);
		if (csv->column_count == CSV_COLUMNS_MAX) {
			flaws_add(flaws, "", "too-many-cells",
				  "has more than 64 columns", "超过 64 列");
			return true;
		}
		text = cell_text(csv, place(flaws->mem, csv->column_count),
				 flaws);
		is_blank = is_blank && text && !*text;
		add_column(csv, text ? text : "", flaws);
	} while (end == END_COMMA);
	csv->is_over = end == END_FILE;
	return !is_blank;
}

static void read_header(struct csv *csv, struct flaws *flaws)
{
	const struct csv_column *columns = csv->form->columns;

	while (!read_header_row(csv, flaws)) {
		if (!csv->is_over)
			continue;
		flaws_add(flaws, "", "required", "has no header",
			  "文件没有表头");
		return;
	}
	for (int i = 0; columns[i].name; i++)
		if (columns[i].is_required && !has_column(csv, i))
			flaws_add(flaws, columns[i].name, "required",
				  "is a column that must be there",
				  "缺少必需的列");
}

/* Files that are no CSV at all, by their first bytes. */
static const char *is_foreign(const char *at, size_t bytes,
			      const char **chinese)
{
	if (bytes >= 4 && memcmp(at, "PK\x03\x04", 4) == 0) {
		*chinese = "是 XLSX 文件，请另存为 CSV UTF-8";
		return "is an XLSX file: save it as CSV UTF-8";
	}
	if (bytes >= 2 && (memcmp(at, "\xFF\xFE", 2) == 0 ||
			   memcmp(at, "\xFE\xFF", 2) == 0)) {
		*chinese = "是 UTF-16 编码，请另存为 CSV UTF-8";
		return "is UTF-16: save it as CSV UTF-8";
	}
	return NULL;
}

struct csv *csv_open(struct arena *mem, const struct csv_form *form,
		     const char *at, size_t bytes, struct flaws *flaws)
{
	struct csv *csv = arena_new(mem, struct csv);
	int flaws_before = flaws->count;
	const char *chinese, *foreign = is_foreign(at, bytes, &chinese);

	if (foreign) {
		flaws_add(flaws, "", "bad-encoding", foreign, chinese);
		return NULL;
	}
	csv->form = form;
	csv->at = at;
	csv->end = at + bytes;
	csv->at += csv_coding_guess(&csv->coding, mem, at, bytes);
	read_header(csv, flaws);
	return flaws->count == flaws_before ? csv : NULL;
}

static void take_cell(struct csv *csv, size_t index, struct csv_row *row,
		      struct flaws *flaws)
{
	bool is_here = index < csv->column_count && csv->is_named[index];
	int column = is_here ? csv->columns[index] : NO_COLUMN;
	const char *name, *text;

	if (index < CSV_COLUMNS_MAX)
		row->texts[row->text_count++] = "";
	if (!csv->broken && csv->cell_bytes == 0)
		return;
	name = column == NO_COLUMN ? place(flaws->mem, index) :
				     csv->form->columns[column].name;
	text = cell_text(csv, name, flaws);
	if (!text || !*text)
		return;
	if (index < CSV_COLUMNS_MAX)
		row->texts[index] = text;
	if (!is_here)
		flaws_add(flaws, name, "too-many-cells",
			  "has no name in the header", "表头中没有该列的名称");
	if (column != NO_COLUMN)
		row->cells[row->count++] = (struct param){ name, text };
}

/* True if the row was not blank. */
static bool read_row(struct csv *csv, struct csv_row *row, struct flaws *flaws)
{
	int flaws_before = flaws->count;
	enum cell_end end;
	size_t index = 0;

	row->number = ++csv->number;
	row->count = row->text_count = 0;
	do {
		end = read_cell(csv);
		take_cell(csv, index++, row, flaws);
	} while (end == END_COMMA);
	csv->is_over = end == END_FILE;
	return row->count || flaws->count > flaws_before;
}

bool csv_next(struct csv *csv, struct csv_row *row, struct flaws *flaws)
{
	while (!csv->is_over) {
		if (!read_row(csv, row, flaws))
			continue;
		if (++csv->rows <= csv->form->rows_max)
			return true;
		row->count = 0;
		csv->is_over = true;
		flaws_add(flaws, "", "too-many-rows",
			  arena_print(flaws->mem,
				      "is one more than the %" PRId64
				      " rows that a file may have",
				      csv->form->rows_max),
			  arena_print(flaws->mem, "超过 %" PRId64 " 行",
				      csv->form->rows_max));
		return true;
	}
	return false;
}

const char *const *csv_header(const struct csv *csv, size_t *count)
{
	*count = csv->column_count;
	return csv->names;
}

const char *csv_encoding(const struct csv *csv)
{
	return csv->coding.name;
}
