/*
 * csv_head.c - cells go to the column that the header named, whatever kind of
 * file they come from.
 */
#include "wire/csv_head.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "wire/unicode.h"

enum { NO_COLUMN = -1 };

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

const struct csv_mark csv_marks[] = {
	{ "import_row", "导入行号" },
	{ "import_status", "导入状态" },
	{ "import_errors", "导入错误" },
	{ "import_suggestions", "导入建议" },
	{ NULL, NULL }
};

bool csv_is_mark(const char *name)
{
	for (int i = 0; csv_marks[i].english; i++)
		if (strcasecmp(csv_marks[i].english, name) == 0 ||
		    strcmp(csv_marks[i].chinese, name) == 0)
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

static bool has_column(const struct csv_head *head, int column)
{
	for (size_t i = 0; i < head->count; i++)
		if (head->columns[i] == column)
			return true;
	return false;
}

bool csv_head_has_room(const struct csv_head *head, struct flaws *flaws)
{
	if (head->count < CSV_COLUMNS_MAX)
		return true;
	flaws_add(flaws, "", "too-many-cells", "has more than 64 columns",
		  "超过 64 列");
	return false;
}

void csv_head_add(struct csv_head *head, const char *text, struct flaws *flaws)
{
	const char *name = header_name(flaws->mem, text);
	int column = find_column(head->form, name);

	if (column == NO_COLUMN && *name && !csv_is_mark(name) &&
	    !head->form->lets_others_be)
		flaws_add(flaws, text, "unknown", "is not a known column",
			  "未知的列");
	if (column != NO_COLUMN && has_column(head, column)) {
		flaws_add(flaws, text, "repeated", "is there twice",
			  "该列重复出现");
		column = NO_COLUMN;
	}
	head->names[head->count] = text;
	head->is_named[head->count] = *name != '\0';
	head->columns[head->count++] = column;
}

void csv_head_blame_absent(struct flaws *flaws)
{
	flaws_add(flaws, "", "required", "has no header", "文件没有表头");
}

void csv_head_end(const struct csv_head *head, struct flaws *flaws)
{
	const struct csv_column *columns = head->form->columns;

	for (int i = 0; columns[i].name; i++)
		if (columns[i].is_required && !has_column(head, i))
			flaws_add(flaws, columns[i].name, "required",
				  "is a column that must be there",
				  "缺少必需的列");
}

const char *csv_head_place(struct arena *mem, size_t index)
{
	return arena_print(mem, "column %zu", index + 1);
}

static int column_at(const struct csv_head *head, size_t index)
{
	bool is_here = index < head->count && head->is_named[index];

	return is_here ? head->columns[index] : NO_COLUMN;
}

const char *csv_head_name(const struct csv_head *head, struct arena *mem,
			  size_t index)
{
	int column = column_at(head, index);

	return column == NO_COLUMN ? csv_head_place(mem, index) :
				     head->form->columns[column].name;
}

void csv_head_skip(struct csv_row *row, size_t count)
{
	while (row->text_count < count && row->text_count < CSV_COLUMNS_MAX)
		row->texts[row->text_count++] = "";
}

void csv_head_take(const struct csv_head *head, size_t index, const char *text,
		   struct csv_row *row, struct flaws *flaws)
{
	const char *name = csv_head_name(head, flaws->mem, index);

	if (index < CSV_COLUMNS_MAX)
		row->texts[index] = text;
	if (index >= head->count || !head->is_named[index])
		flaws_add(flaws, name, "too-many-cells",
			  "has no name in the header", "表头中没有该列的名称");
	if (column_at(head, index) != NO_COLUMN)
		row->cells[row->count++] = (struct param){ name, text };
}

bool csv_head_count(struct csv_head *head, struct csv_row *row,
		    struct flaws *flaws)
{
	int64_t max = head->form->rows_max;

	if (++head->rows <= max)
		return true;
	row->count = 0;
	flaws_add(flaws, "", "too-many-rows",
		  arena_print(flaws->mem, "is one more than the %" PRId64
			      " rows that a file may have", max),
		  arena_print(flaws->mem, "超过 %" PRId64 " 行", max));
	return false;
}

const char *csv_head_tidy(struct arena *mem, const char *text)
{
	const char *tidy = unicode_trim(mem, unicode_nfc(mem, text));

	return *tidy == '\'' && csv_is_formula(tidy) ? tidy + 1 : tidy;
}
