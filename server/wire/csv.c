/*
 * csv.c - bytes are cut into cells by one small switch, then each cell is
 * decoded and goes to the column its header named.
 */
#include "wire/csv.h"

#include <string.h>

#include "base/text.h"
#include "wire/csv_head.h"
#include "wire/csv_text.h"

/* What a cell ended at. */
enum cell_end { END_COMMA, END_LINE, END_FILE };

struct csv {
	struct csv_coding coding;
	const char *at, *end;		/* what is not read yet */
	int64_t number;			/* of the row read last */
	bool is_over;
	struct csv_head head;
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
static const char *cell_text(struct csv *csv, const char *where,
			     struct flaws *flaws)
{
	const char *name = csv->coding.name;
	const char *text;

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
	return csv_head_tidy(flaws->mem, text);
}

/* True if the row was not blank. */
static bool read_header_row(struct csv *csv, struct flaws *flaws)
{
	enum cell_end end;
	bool is_blank = true;

	csv->number++;
	csv->head.count = 0;
	do {
		const char *text;

		end = read_cell(csv);
		if (!csv_head_has_room(&csv->head, flaws))
			return true;
		text = cell_text(csv, csv_head_place(flaws->mem,
						     csv->head.count), flaws);
		is_blank = is_blank && text && !*text;
		csv_head_add(&csv->head, text ? text : "", flaws);
	} while (end == END_COMMA);
	csv->is_over = end == END_FILE;
	return !is_blank;
}

static void read_header(struct csv *csv, struct flaws *flaws)
{
	while (!read_header_row(csv, flaws)) {
		if (!csv->is_over)
			continue;
		csv_head_blame_absent(flaws);
		return;
	}
	csv_head_end(&csv->head, flaws);
}

/* Files that are no CSV at all, by their first bytes. */
static const char *is_foreign(const char *at, size_t bytes,
			      const char **chinese)
{
	if (bytes >= 4 && memcmp(at, "PK\x03\x04", 4) == 0) {
		*chinese = "是 XLSX 文件，请以 XLSX 的类型发送";
		return "is an XLSX file: send it as one";
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
	csv->head.form = form;
	csv->at = at;
	csv->end = at + bytes;
	csv->at += csv_coding_guess(&csv->coding, mem, at, bytes);
	read_header(csv, flaws);
	return flaws->count == flaws_before ? csv : NULL;
}

static void take_cell(struct csv *csv, size_t index, struct csv_row *row,
		      struct flaws *flaws)
{
	const char *text;

	csv_head_skip(row, index + 1);
	if (!csv->broken && csv->cell_bytes == 0)
		return;
	text = cell_text(csv, csv_head_name(&csv->head, flaws->mem, index),
			 flaws);
	if (text && *text)
		csv_head_take(&csv->head, index, text, row, flaws);
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
		if (!csv_head_count(&csv->head, row, flaws))
			csv->is_over = true;
		return true;
	}
	return false;
}

const char *const *csv_header(const struct csv *csv, size_t *count)
{
	*count = csv->head.count;
	return csv->head.names;
}

const char *csv_encoding(const struct csv *csv)
{
	return csv->coding.name;
}
