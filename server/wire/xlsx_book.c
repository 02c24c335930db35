/*
 * xlsx_book.c - the workbook's small parts: which part is the sheet, and which
 * styles show a number as a date or with zeros in front of it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "wire/xlsx_private.h"

enum { FORMATS_MAX = 4096, ZEROS_MAX = 32 };

struct format {
	int64_t id;
	struct xlsx_style style;
};

struct reading {
	struct xlsx_book *book;
	struct arena *mem;
	struct xlsx_part part;
	const char *wanted;	/* name of the sheet; "": the first */
	const char *sheet_id;	/* its relationship */
	bool is_hidden;		/* that one */
	int sheets;
	struct format *formats;
	size_t format_count;
	bool in_styles;		/* of cells */
};

/* ---- styles ---- */

/* Steps over what a format only shows: "年", \-, _x, *x, [Red]. */
static const char *skip_shown(const char *at)
{
	const char *end;

	switch (*at) {
	case '"':
		end = strchr(at + 1, '"');
		return end ? end + 1 : at + strlen(at);
	case '[':
		end = strchr(at, ']');
		return end ? end + 1 : at + strlen(at);
	case '\\':
	case '_':
	case '*':
		return at + (at[1] ? 2 : 1);
	default:
		return at;
	}
}

/* What a number looks like in a format such as yyyy-mm-dd. */
static struct xlsx_style style_of_format(const char *format)
{
	size_t zeros = strspn(format, "0");
	const char *at = format;

	if (zeros > 1 && zeros <= ZEROS_MAX && !format[zeros])
		return (struct xlsx_style){ LOOK_ZEROS,
					    (unsigned char)zeros };
	if (text_starts(format, "General") || text_starts(format, "general"))
		return (struct xlsx_style){ LOOK_PLAIN, 0 };
	while (*at && *at != ';') {
		const char *next = skip_shown(at);

		if (next == at && strchr("yYmMdDhHsS", *at))
			return (struct xlsx_style){ LOOK_DATE, 0 };
		at = next == at ? at + 1 : next;
	}
	return (struct xlsx_style){ LOOK_PLAIN, 0 };
}

/* 14 to 22 and 45 to 47 everywhere, 27 to 36 and 50 to 58 in East Asia. */
static struct xlsx_style style_of_builtin(int64_t id)
{
	bool is_date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) ||
		       (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

	return (struct xlsx_style){ is_date ? LOOK_DATE : LOOK_PLAIN, 0 };
}

static int64_t id_of(const char **attributes)
{
	const char *text = xlsx_attribute(attributes, "numFmtId");
	int64_t id = 0;

	if (text && !text_to_int(text, &id))
		id = 0;
	return id;
}

static void add_format(struct reading *r, const char **attributes)
{
	const char *code = xlsx_attribute(attributes, "formatCode");

	if (!code)
		return;
	if (r->format_count == FORMATS_MAX) {
		xlsx_part_stop(&r->part, "has too many formats",
			       "单元格格式过多");
		return;
	}
	r->formats[r->format_count++] = (struct format){
		id_of(attributes), style_of_format(code)
	};
}

static void add_style(struct reading *r, const char **attributes)
{
	struct xlsx_book *book = r->book;
	int64_t id = id_of(attributes);
	struct xlsx_style style = style_of_builtin(id);

	if (book->style_count == XLSX_STYLES_MAX) {
		xlsx_part_stop(&r->part, "has too many formats",
			       "单元格格式过多");
		return;
	}
	for (size_t i = 0; i < r->format_count; i++)
		if (r->formats[i].id == id)
			style = r->formats[i].style;
	book->style[book->style_count++] = style;
}

static void open_styles(void *user, const char *name, const char **attributes)
{
	struct reading *r = user;

	if (text_same(name, "numFmt"))
		add_format(r, attributes);
	else if (text_same(name, "cellXfs"))
		r->in_styles = true;
	else if (r->in_styles && text_same(name, "xf"))
		add_style(r, attributes);
}

static void close_styles(void *user, const char *name)
{
	struct reading *r = user;

	if (text_same(name, "cellXfs"))
		r->in_styles = false;
}

/* ---- sheets and relationships ---- */

static bool is_true(const char *text)
{
	return text && (text_same(text, "1") || text_same(text, "true"));
}

static void take_sheet(struct reading *r, const char **attributes)
{
	const char *name = xlsx_attribute(attributes, "name");
	const char *id = xlsx_attribute(attributes, "id");
	const char *state = xlsx_attribute(attributes, "state");
	bool is_hidden = state && !text_same(state, "visible");
	bool is_better = !r->sheet_id || (r->is_hidden && !is_hidden);

	if (++r->sheets > XLSX_SHEETS_MAX) {
		xlsx_part_stop(&r->part, "has too many sheets", "工作表过多");
		return;
	}
	if (!name || !id || (*r->wanted ? !text_same(name, r->wanted) :
					  !is_better))
		return;
	r->sheet_id = arena_text(r->mem, id, strlen(id));
	r->is_hidden = is_hidden;
}

static void open_book(void *user, const char *name, const char **attributes)
{
	struct reading *r = user;

	if (text_same(name, "workbookPr"))
		r->book->is_1904 = is_true(xlsx_attribute(attributes,
							  "date1904"));
	else if (text_same(name, "sheet"))
		take_sheet(r, attributes);
}

static bool ends_with(const char *text, const char *end)
{
	size_t bytes = strlen(text), tail = strlen(end);

	return bytes >= tail && text_same(text + bytes - tail, end);
}

static const char *part_name(struct arena *mem, const char *target)
{
	if (*target == '/')
		return arena_text(mem, target + 1, strlen(target + 1));
	return arena_print(mem, "xl/%s", target);
}

static void open_relations(void *user, const char *name,
			   const char **attributes)
{
	struct reading *r = user;
	const char *id = xlsx_attribute(attributes, "Id");
	const char *type = xlsx_attribute(attributes, "Type");
	const char *target = xlsx_attribute(attributes, "Target");

	if (!text_same(name, "Relationship") || !id || !type || !target ||
	    xlsx_attribute(attributes, "TargetMode"))
		return;
	if (ends_with(type, "/sharedStrings"))
		r->book->strings = part_name(r->mem, target);
	else if (ends_with(type, "/styles"))
		r->book->styles = part_name(r->mem, target);
	else if (ends_with(type, "/worksheet") && text_same(id, r->sheet_id))
		r->book->sheet = part_name(r->mem, target);
}

static bool read_part(struct reading *r, zip_t *zip, const char *name,
		      struct xlsx_wrong *wrong)
{
	bool is_good;

	r->part.user = r;
	is_good = xlsx_part_open(&r->part, zip, name, XLSX_SMALL_BYTES_MAX) &&
		  xlsx_part_go_on(&r->part);
	xlsx_part_close(&r->part);
	*wrong = r->part.wrong;
	return is_good;
}

static bool find_sheet(struct reading *r, zip_t *zip,
		       struct xlsx_wrong *wrong)
{
	r->part = (struct xlsx_part){ .open = open_book };
	if (!read_part(r, zip, "xl/workbook.xml", wrong))
		return false;
	*wrong = (struct xlsx_wrong){ "has no sheet of that name",
				      "没有该名称的工作表" };
	if (!r->sheet_id)
		return false;
	r->part = (struct xlsx_part){ .open = open_relations };
	if (!read_part(r, zip, "xl/_rels/workbook.xml.rels", wrong))
		return false;
	*wrong = (struct xlsx_wrong){ "names a sheet that is not there",
				      "引用的工作表不存在" };
	return r->book->sheet != NULL;
}

bool xlsx_book_read(struct xlsx_book *book, struct arena *mem, zip_t *zip,
		    const char *sheet, struct xlsx_wrong *wrong)
{
	struct reading r = { .book = book, .mem = mem, .wanted = sheet };

	if (!find_sheet(&r, zip, wrong))
		return false;
	*wrong = (struct xlsx_wrong){ NULL, NULL };
	if (!book->styles)
		return true;
	r.formats = arena_array(mem, struct format, FORMATS_MAX);
	book->style = arena_array(mem, struct xlsx_style, XLSX_STYLES_MAX);
	r.part = (struct xlsx_part){ .open = open_styles,
				     .close = close_styles };
	return read_part(&r, zip, book->styles, wrong);
}
