/* import_marks.c - see import_marks.h. */
#include "records/import_marks.h"

#include <string.h>

#include "base/text.h"
#include "records/fields.h"
#include "records/import.h"

/* Columns of schema/queries/import_rows_marked.sql. */
enum { N, CELLS, NUMBER, STATUS, ERRORS, SUGGESTIONS };

static const struct {
	const char *word, *chinese;
} statuses[] = {
	{ "sound", "待写入" }, { "rejected", "已拒绝" },
	{ "created", "已新增" }, { "updated", "已更新" },
	{ "unchanged", "无变化" },
	{ "would_create", "将新增" }, { "would_update", "将更新" },
	{ "not_written", "未写入" },
};

static void write_names(struct import_marks *m)
{
	for (int i = 0; csv_marks[i].english; i++)
		csv_text(&m->csv, m->is_chinese ? csv_marks[i].chinese :
						  csv_marks[i].english);
	csv_end_row(&m->csv);
}

void import_marks_begin(struct import_marks *m, struct buf *out,
			const struct rows *header, bool is_chinese)
{
	struct arena *mem = arena_open();
	struct texts names = texts_from_array(mem, rows_text(header, 0, 0));

	*m = (struct import_marks){ .is_chinese = is_chinese, .last = -1 };
	csv_begin(&m->csv, out, true);
	for (size_t i = 0; i < names.count && i < CSV_COLUMNS_MAX; i++) {
		m->is_kept[m->count++] = !csv_is_mark(names.at[i]);
		if (m->is_kept[i])
			csv_text(&m->csv, names.at[i]);
	}
	write_names(m);
	arena_close(mem);
}

static const char *status_text(const struct import_marks *m, const char *word)
{
	size_t i = 0;

	while (!text_same(statuses[i].word, word))
		must(++i < COUNT_OF(statuses));
	return m->is_chinese ? statuses[i].chinese : word;
}

static const char *text_or_null(const struct rows *rows, int row, int column)
{
	const char *text = rows_text(rows, row, column);

	return *text ? text : NULL;
}

static void add_row(struct import_marks *m, const struct rows *rows, int i,
		    struct arena *scratch)
{
	struct texts cells = texts_from_array(scratch,
					      rows_text(rows, i, CELLS));

	for (size_t k = 0; k < m->count; k++)
		if (m->is_kept[k])
			csv_text(&m->csv, k < cells.count && *cells.at[k] ?
						  cells.at[k] : NULL);
	csv_int(&m->csv, rows_int(rows, i, NUMBER));
	csv_text(&m->csv, status_text(m, rows_text(rows, i, STATUS)));
	csv_text(&m->csv, text_or_null(rows, i, ERRORS));
	csv_text(&m->csv, text_or_null(rows, i, SUGGESTIONS));
	csv_end_row(&m->csv);
	m->last = rows_int(rows, i, N);
}

void import_marks_add(struct import_marks *m, const struct rows *rows,
		      struct arena *scratch)
{
	for (int i = 0; i < rows_count(rows); i++) {
		add_row(m, rows, i, scratch);
		arena_reset(scratch);
	}
}
