/*
 * xlsx.c - the sheet itself. The parser is suspended at the end of each row,
 * so that rows come one by one, as the caller asks.
 */
#include "wire/xlsx.h"

#include <string.h>

#include "base/text.h"
#include "wire/xlsx_private.h"

/* The end of central directory, ZIP's last record, is within these. */
enum { ZIP_END_BYTES = 22, ZIP_TAIL_BYTES = ZIP_END_BYTES + 65535,
       CELL_BYTES_MAX = CSV_CELL_BYTES_MAX };

/* A row, or the header, while it is read. */
struct at_hand {
	struct csv_row *row;		/* NULL: the header is read */
	struct flaws *flaws;
	bool is_blank;			/* so far */
	size_t next;			/* place of the next cell, from 0 */
};

struct cell {
	char type;			/* of the attribute t; n, s, ... */
	size_t style;
	bool has_formula, has_value, in_text;
	int in_phonetic;
	size_t bytes;			/* may be more than are kept */
	char text[CELL_BYTES_MAX + 1];
};

struct xlsx {
	struct arena *mem;
	zip_t *zip;
	struct xlsx_book book;
	struct xlsx_strings strings;
	struct xlsx_part part;
	struct csv_head head;
	struct at_hand hand;
	struct cell cell;
	int64_t number;			/* of the row read last */
	bool is_in_data, is_in_row, is_in_cell, is_over;
};

/* ---- references ---- */

/* B7 is 1 and 7; fails  false: no such place */
static bool read_reference(const char *text, int64_t *row, size_t *column)
{
	size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	size_t place = 0;

	if (letters < 1 || letters > 3 || !text_is_digits(text + letters) ||
	    !text_to_int(text + letters, row))
		return false;
	for (size_t i = 0; i < letters; i++)
		place = 26 * place + (size_t)(text[i] - 'A') + 1;
	*column = place - 1;
	return true;
}

static void stop(struct xlsx *x)
{
	xlsx_part_stop(&x->part, "has rows or cells in no order",
		       "行或单元格的引用有误");
}

static void open_row(struct xlsx *x, const char **attributes)
{
	const char *text = xlsx_attribute(attributes, "r");
	int64_t number = x->number + 1;

	if (x->is_in_row || (text && !text_to_int(text, &number)) ||
	    number <= x->number || number > XLSX_ROWS_MAX) {
		stop(x);
		return;
	}
	x->is_in_row = true;
	x->number = number;
	x->hand.next = 0;
	x->hand.is_blank = true;
	if (!x->hand.row)
		x->head.count = 0;
}

static void open_cell(struct xlsx *x, const char **attributes)
{
	const char *at = xlsx_attribute(attributes, "r");
	const char *type = xlsx_attribute(attributes, "t");
	const char *style = xlsx_attribute(attributes, "s");
	int64_t row = x->number, index = 0;
	size_t column = x->hand.next;

	if (!x->is_in_row || x->is_in_cell ||
	    (at && !read_reference(at, &row, &column)) || row != x->number ||
	    column < x->hand.next || (style && !text_to_int(style, &index)) ||
	    index < 0) {
		stop(x);
		return;
	}
	x->is_in_cell = true;
	x->hand.next = column;
	x->cell.type = !type ? 'n' : text_same(type, "str") ? 't' : *type;
	x->cell.style = (size_t)index;
	x->cell.has_formula = x->cell.has_value = x->cell.in_text = false;
	x->cell.in_phonetic = 0;
	x->cell.bytes = 0;
}

/* ---- cells ---- */

static void blame(struct xlsx *x, const char *code, const char *english,
		  const char *chinese)
{
	struct flaws *flaws = x->hand.flaws;
	const char *where = x->hand.row ?
		csv_head_name(&x->head, flaws->mem, x->hand.next) :
		csv_head_place(flaws->mem, x->hand.next);

	x->hand.is_blank = false;
	flaws_add(flaws, where, code, english, chinese);
}

static const char *number_text(struct xlsx *x, const char *text)
{
	struct xlsx_style style = { LOOK_PLAIN, 0 };
	const char *out;
	bool is_long;

	if (x->cell.style < x->book.style_count)
		style = x->book.style[x->cell.style];
	out = xlsx_number(x->hand.flaws->mem, text, style, x->book.is_1904,
			  &is_long);
	if (is_long)
		blame(x, "malformed",
		      "is a number of more than 15 digits, of which a "
		      "spreadsheet keeps 15: make the cell a text",
		      "数字超过 15 位，已丢失精度，请将单元格设为文本");
	else if (!out)
		blame(x, "malformed", "is no number", "不是有效的数字");
	return out;
}

static const char *shared_text(struct xlsx *x, const char *text)
{
	const struct xlsx_place *place;
	int64_t index;

	if (!text_is_digits(text) || !text_to_int(text, &index) ||
	    (uint64_t)index >= x->strings.count) {
		xlsx_part_stop(&x->part, "refers to a text that is not there",
			       "引用了不存在的文本");
		return NULL;
	}
	place = &x->strings.place[index];
	x->cell.bytes = place->bytes;
	if (place->bytes > CELL_BYTES_MAX)
		return "";
	return arena_text(x->hand.flaws->mem, x->strings.text + place->at,
			  place->bytes);
}

/* 2006-03-14T00:00:00Z: with a blank, and nothing behind the seconds. */
static const char *iso_text(struct arena *mem, const char *text)
{
	char *out = arena_text(mem, text, strlen(text));
	char *mark = strchr(out, 'T');

	if (mark)
		*mark = ' ';
	out[strcspn(out, ".Z")] = '\0';
	return out;
}

/* What people see of the cell; NULL: a flaw was added, or it is over. */
static const char *cell_text(struct xlsx *x)
{
	const char *text = x->cell.text;

	switch (x->cell.type) {
	case 's':
		return shared_text(x, text);
	case 'b':
		return text_same(text, "1") ? "TRUE" : "FALSE";
	case 'e':
		blame(x, "malformed", "is an error of the spreadsheet",
		      "是表格公式的错误值");
		return NULL;
	case 'd':
		return iso_text(x->hand.flaws->mem, text);
	case 'n':
		return number_text(x, text);
	default:
		return text;
	}
}

static bool is_text_good(struct xlsx *x, const char *text)
{
	if (x->cell.bytes > CELL_BYTES_MAX) {
		blame(x, "too-long", "must have at most 4096 bytes",
		      "至多 4096 字节");
		return false;
	}
	return text_is_utf8(text, strlen(text));
}

static void take_text(struct xlsx *x, const char *text)
{
	struct at_hand *hand = &x->hand;
	const char *tidy = csv_head_tidy(hand->flaws->mem, text);

	if (!*tidy)
		return;
	hand->is_blank = false;
	if (hand->row)
		csv_head_take(&x->head, hand->next, tidy, hand->row,
			      hand->flaws);
}

/* The header's names stand one after the other, those left out too. */
static bool make_room(struct xlsx *x)
{
	struct at_hand *hand = &x->hand;

	if (hand->row) {
		csv_head_skip(hand->row, hand->next + 1);
		return true;
	}
	while (x->head.count < hand->next && x->head.count < CSV_COLUMNS_MAX)
		csv_head_add(&x->head, "", hand->flaws);
	return csv_head_has_room(&x->head, hand->flaws);
}

static void take_header(struct xlsx *x, const char *text)
{
	const char *tidy = csv_head_tidy(x->hand.flaws->mem, text);

	if (!*tidy)
		return;
	x->hand.is_blank = false;
	if (make_room(x))
		csv_head_add(&x->head, tidy, x->hand.flaws);
}

static void close_cell(struct xlsx *x)
{
	struct cell *cell = &x->cell;
	size_t kept = cell->bytes < CELL_BYTES_MAX ? cell->bytes :
						     CELL_BYTES_MAX;
	const char *text = NULL;

	x->is_in_cell = false;
	cell->text[kept] = '\0';
	if (x->hand.row)
		csv_head_skip(x->hand.row, x->hand.next + 1);
	if (cell->has_formula && !cell->bytes &&
	    (!cell->has_value || cell->type == 'n'))
		blame(x, "malformed", "is a formula without its value: save "
		      "the file in a spreadsheet program",
		      "公式没有计算结果，请用表格软件打开并保存");
	else if (cell->has_value && cell->bytes)
		text = cell_text(x);
	if (text && is_text_good(x, text) && !x->part.wrong.english) {
		if (x->hand.row)
			take_text(x, text);
		else
			take_header(x, text);
	}
	x->hand.next++;
}

static void close_row(struct xlsx *x)
{
	x->is_in_row = false;
	xlsx_part_suspend(&x->part);
}

/* ---- the parser's ---- */

static void on_open(void *user, const char *name, const char **attributes)
{
	struct xlsx *x = user;
	struct cell *cell = &x->cell;

	if (text_same(name, "sheetData"))
		x->is_in_data = true;
	if (!x->is_in_data)
		return;
	if (text_same(name, "row"))
		open_row(x, attributes);
	else if (text_same(name, "c"))
		open_cell(x, attributes);
	else if (text_same(name, "f"))
		cell->has_formula = true;
	else if (text_same(name, "rPh"))
		cell->in_phonetic++;
	else if (text_same(name, "v") || text_same(name, "t"))
		cell->has_value = cell->in_text = true;
}

static void on_text(void *user, const char *at, size_t bytes)
{
	struct xlsx *x = user;
	struct cell *cell = &x->cell;
	size_t room;

	if (!cell->in_text || cell->in_phonetic)
		return;
	room = cell->bytes < CELL_BYTES_MAX ? CELL_BYTES_MAX - cell->bytes : 0;
	memcpy(cell->text + (CELL_BYTES_MAX - room), at,
	       bytes < room ? bytes : room);
	cell->bytes += bytes;
}

static void on_close(void *user, const char *name)
{
	struct xlsx *x = user;

	if (!x->is_in_data)
		return;
	if (text_same(name, "sheetData"))
		x->is_in_data = false;
	else if (text_same(name, "rPh"))
		x->cell.in_phonetic--;
	else if (text_same(name, "v") || text_same(name, "t"))
		x->cell.in_text = false;
	else if (text_same(name, "c") && x->is_in_cell)
		close_cell(x);
	else if (text_same(name, "row") && x->is_in_row)
		close_row(x);
}

/* ---- rows ---- */

/* To the end of the next row that is not blank. */
static bool read_row(struct xlsx *x, struct csv_row *row, struct flaws *flaws)
{
	int flaws_before = flaws->count;

	x->hand = (struct at_hand){ .row = row, .flaws = flaws };
	do {
		if (row)
			row->count = row->text_count = 0;
		x->hand.is_blank = true;
		if (!xlsx_part_go_on(&x->part))
			return false;
		if (!x->part.is_suspended)
			return false;
	} while (x->hand.is_blank && flaws->count == flaws_before);
	return true;
}

bool xlsx_next(struct xlsx *x, struct csv_row *row, struct flaws *flaws)
{
	if (x->is_over)
		return false;
	if (!read_row(x, row, flaws)) {
		x->is_over = true;
		return false;
	}
	row->number = x->number;
	x->is_over = !csv_head_count(&x->head, row, flaws);
	return true;
}

bool xlsx_broken(const struct xlsx *x, struct flaws *flaws)
{
	const struct xlsx_wrong *wrong = &x->part.wrong;

	if (wrong->english)
		flaws_add(flaws, "", "malformed", wrong->english,
			  wrong->chinese);
	return wrong->english != NULL;
}

const char *const *xlsx_header(const struct xlsx *x, size_t *count)
{
	*count = x->head.count;
	return x->head.names;
}

/* ---- opening ---- */

static void close_xlsx(void *user)
{
	struct xlsx *x = user;

	xlsx_part_close(&x->part);
	xlsx_strings_close(&x->strings);
	if (x->zip)
		zip_discard(x->zip);
	x->zip = NULL;
}

/* libzip keeps something for each part: they are counted before it opens. A
 * workbook needs no ZIP64. */
static bool is_zip_bounded(const char *at, size_t bytes)
{
	size_t end = bytes < ZIP_TAIL_BYTES ? 0 : bytes - ZIP_TAIL_BYTES;

	if (bytes < ZIP_END_BYTES)
		return false;
	for (size_t i = bytes - ZIP_END_BYTES + 1; i-- > end;) {
		const unsigned char *record = (const unsigned char *)at + i;

		if (memcmp(record, "PK\5\6", 4) == 0)
			return (record[10] | record[11] << 8) <=
			       XLSX_PARTS_MAX;
	}
	return false;
}

static bool open_zip(struct xlsx *x, const struct xlsx_source *source)
{
	zip_error_t error;
	zip_source_t *from;

	if (!is_zip_bounded(source->at, source->bytes))
		return false;
	zip_error_init(&error);
	from = zip_source_buffer_create(source->at, source->bytes, 0, &error);
	x->zip = from ? zip_open_from_source(from, ZIP_RDONLY, &error) : NULL;
	if (from && !x->zip)
		zip_source_free(from);
	zip_error_fini(&error);
	return x->zip != NULL;
}

static bool open_sheet(struct xlsx *x, const char *sheet)
{
	struct xlsx_wrong wrong = { NULL, NULL };
	bool is_good = xlsx_book_read(&x->book, x->mem, x->zip, sheet,
				      &wrong) &&
		       xlsx_strings_read(&x->strings, x->zip, x->book.strings,
					 &wrong);

	if (!is_good) {
		x->part.wrong = wrong;
		return false;
	}
	x->part = (struct xlsx_part){ .user = x, .open = on_open,
				      .close = on_close, .text = on_text };
	return xlsx_part_open(&x->part, x->zip, x->book.sheet,
			      XLSX_SHEET_BYTES_MAX);
}

static bool read_header(struct xlsx *x, struct flaws *flaws)
{
	if (!read_row(x, NULL, flaws)) {
		if (!xlsx_broken(x, flaws))
			csv_head_blame_absent(flaws);
		return false;
	}
	csv_head_end(&x->head, flaws);
	return true;
}

struct xlsx *xlsx_open(struct arena *mem, const struct csv_form *form,
		       const struct xlsx_source *source, struct flaws *flaws)
{
	struct xlsx *x = arena_new(mem, struct xlsx);
	int flaws_before = flaws->count;

	x->mem = mem;
	x->head.form = form;
	arena_on_reset(mem, close_xlsx, x);
	if (!open_zip(x, source))
		flaws_add(flaws, "", "bad-encoding",
			  "is no XLSX workbook, or one with a password",
			  "不是 XLSX 工作簿，或设有密码");
	else if (!open_sheet(x, source->sheet))
		(void)xlsx_broken(x, flaws);
	else
		(void)read_header(x, flaws);
	return flaws->count == flaws_before ? x : NULL;
}
