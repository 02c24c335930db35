/*
 * export.c - the ladder that follows the card's own, once for each page. Rows
 * in JSON Lines and CSV go out as they come; a workbook is built on the pool,
 * in a file, and goes out when it is whole.
 */
#include "flow/export.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "flow/flow_private.h"
#include "wire/csv.h"
#include "wire/flat.h"
#include "wire/xlsx_out.h"

enum { PAGE_ROWS_MAX = 100, FILE_PART_BYTES = 64 * 1024,
       SHEET_FINISH_MS = 120000, DATE_BYTES = 10 };

struct export {
	enum export_format format;
	const char *const *columns;	/* as in JSON */
	const char *const *names;	/* the first row of CSV */
	const char *const *headings;	/* the first row of a workbook */
	const char *parts[3];		/* of the next page's cursor, in the
					   arena of this one */
	int part_count;			/* 0: there is no next page */
	struct buf cursor;		/* the same, between pages */
	struct buf out;
	struct csv_writer csv;
	struct xlsx_out *sheet;
	struct flat_sink sink;
	size_t sent_bytes;
	bool is_head, has_header, is_begun, is_over;
};

static flow_step write_items, send_items, go_on, finish_sheet, send_sheet;

flow_step *const export_steps[] = { write_items, send_items, go_on, NULL };
static flow_step *const sheet_end[] = { finish_sheet, send_sheet, NULL };
static flow_step *const sheet_part[] = { send_sheet, NULL };

static const struct {
	const char *word, *media_type;
} formats[] = {
	[EXPORT_NONE] = { "", NULL },
	[EXPORT_JSONL] = { "jsonl", "application/jsonl" },
	[EXPORT_CSV] = { "csv", "text/csv; charset=utf-8" },
	[EXPORT_XLSX] = { "xlsx", "application/vnd.openxmlformats-"
				  "officedocument.spreadsheetml.sheet" },
};

enum export_format export_format_of(const char *word)
{
	for (size_t i = EXPORT_JSONL; i < COUNT_OF(formats); i++)
		if (text_same(formats[i].word, word))
			return (enum export_format)i;
	return EXPORT_NONE;
}

const char *export_media_type(const struct flow_private *own)
{
	return formats[own->export->format].media_type;
}

static const struct export_columns *columns_of(const char *operation)
{
	for (size_t i = 0; i < export_columns_count; i++)
		if (text_same(export_columns[i].operation, operation))
			return &export_columns[i];
	must(!"the API document says what is in every list");
	return NULL;
}

static void put_csv_cell(void *to, size_t column, const struct flat *cell)
{
	struct export *e = to;

	(void)column;
	if (cell->kind == FLAT_INT)
		csv_int(&e->csv, cell->number);
	else if (cell->kind == FLAT_BOOL)
		csv_text(&e->csv, cell->number ? "true" : "false");
	else
		csv_text(&e->csv, cell->text);
}

static void put_sheet_cell(void *to, size_t column, const struct flat *cell)
{
	struct export *e = to;

	xlsx_out_cell(e->sheet, column, cell);
}

bool export_open(struct flow_private *own)
{
	struct loop *loop = own->loop;
	const struct export_columns *columns;
	struct export *e;

	if (loop->export_count >= loop->service->config->exports_max)
		return fault_set(&own->fault, FAULT_BUSY, "%s",
				 "as many lists as may be are on their way");
	loop->export_count++;
	e = own->export = mem_new(struct export);
	e->format = own->route.format;
	columns = columns_of(own->route.card->operation);
	e->columns = columns->names;
	/* A workbook is for people, the others are for programs. */
	e->headings = own->flow.lang == LANG_EN ? columns->names :
						  columns->chinese;
	e->names = columns->names;
	if (own->route.card->is_registry)
		e->headings = e->names = columns->chinese;
	e->sink.to = e;
	e->sink.cell = e->format == EXPORT_XLSX ? put_sheet_cell :
						  put_csv_cell;
	e->is_head = http_span_is(own->exchange->head->method, "HEAD");
	return true;
}

void export_close(struct flow_private *own)
{
	struct export *e = own->export;

	if (!e)
		return;
	own->loop->export_count--;
	xlsx_out_close(e->sheet);
	buf_close(&e->cursor);
	buf_close(&e->out);
	buf_close(&e->sink.scratch);
	mem_free(e);
	own->export = NULL;
}

/* ---- pages ---- */

void export_set_page(struct flow *f)
{
	const struct export *e = f->own->export;
	const char *part = e->cursor.at;

	f->page.limit = PAGE_ROWS_MAX;
	f->page.after_count = e->part_count;
	for (int i = 0; i < e->part_count; i++) {
		f->page.after[i] = part;
		part += strlen(part) + 1;
	}
}

void export_keep_cursor(struct flow *f, const char *const *parts, int count)
{
	struct export *e = f->own->export;

	e->part_count = parts ? count : 0;
	for (int i = 0; i < e->part_count; i++)
		e->parts[i] = arena_text(f->mem, parts[i], strlen(parts[i]));
}

/* The page's arena goes: its cursor stays. */
static void move_cursor(struct export *e)
{
	buf_clear(&e->cursor);
	for (int i = 0; i < e->part_count; i++)
		buf_bytes(&e->cursor, e->parts[i], strlen(e->parts[i]) + 1);
}

/* ---- rows ---- */

/* A raw newline within JSON is a blank: no text has one. */
static void write_line(struct buf *out, const char *at, size_t bytes)
{
	char *to = buf_room(out, bytes + 1), *end = to + bytes;

	memcpy(to, at, bytes);
	for (char *c = to; (c = memchr(c, '\n', (size_t)(end - c)));)
		*c = ' ';
	*end = '\n';
	out->used += bytes + 1;
}

static void write_lines(struct export *e, struct items items)
{
	const char *at;
	size_t bytes;

	while (items_next(&items, &at, &bytes))
		write_line(&e->out, at, bytes);
}

/* Always with a BOM: without, Excel reads Chinese as Latin letters. */
static void write_csv_header(struct export *e)
{
	csv_begin(&e->csv, &e->out, true);
	for (size_t i = 0; e->names[i]; i++)
		csv_text(&e->csv, e->names[i]);
	csv_end_row(&e->csv);
	e->has_header = true;
}

static void write_csv(struct export *e, struct items items)
{
	const char *at;
	size_t bytes;

	if (!e->has_header)
		write_csv_header(e);
	while (items_next(&items, &at, &bytes)) {
		flat_item(&e->sink, e->columns, at, bytes);
		csv_end_row(&e->csv);
	}
}

/* On the pool. */
static enum flow_next write_sheet(struct flow *f)
{
	struct export *e = f->own->export;
	struct items items;
	const char *at;
	size_t bytes;

	if (!e->sheet)
		e->sheet = xlsx_out_open(e->headings);
	if (!e->sheet)
		return fail(f, FAULT_BUSY, "%s",
			    "there is no room for temporary files");
	items_open(&items, f->own->out.at, f->own->out.used);
	while (items_next(&items, &at, &bytes)) {
		if (!xlsx_out_has_room(e->sheet))
			return fail(f, FAULT_BAD_PARAMETER, "%s",
				    "the list has more rows than a worksheet "
				    "holds: ask for .csv or .jsonl");
		flat_item(&e->sink, e->columns, at, bytes);
		xlsx_out_end_row(e->sheet);
	}
	return FLOW_NEXT;
}

static enum flow_next write_items(struct flow *f)
{
	struct export *e = f->own->export;
	struct items items;

	must(f->own->status == 200);
	if (e->is_head)
		return FLOW_NEXT;
	if (e->format == EXPORT_XLSX)
		return ponder(f, write_sheet);
	items_open(&items, f->own->out.at, f->own->out.used);
	if (e->format == EXPORT_JSONL)
		write_lines(e, items);
	else
		write_csv(e, items);
	return FLOW_NEXT;
}

/* ---- sending ---- */

/* What stands before the format in the path; and before that, where the card
 * has a parameter there: "students", "reference-divisions". */
static const char *file_name(struct flow *f)
{
	struct http_span path = f->own->exchange->head->path;
	char *name = arena_text(f->mem, path.at, path.count);
	char *last = strrchr(name, '/');
	char date[CLOCK_TEXT_BYTES];

	clock_rfc3339(clock_wall_ms(), date);
	*strrchr(name, '.') = '\0';
	if (f->endpoint->path[strlen(f->endpoint->path) - 1] == '}')
		while (last > name && *--last != '/')
			;
	for (char *at = ++last; *at; at++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "abcdefghijklmnopqrstuvwxyz0123456789_", *at))
			*at = '-';
	return arena_print(f->mem, "attachment; filename=\"%s-%.*s.%s\"", last,
			   DATE_BYTES, date,
			   formats[f->own->export->format].word);
}

/* Unless the page has said so already. */
static void tell_language(struct flow *f)
{
	if (f->endpoint->is_registry)
		f->lang = LANG_ZH;
	for (size_t i = 0; i < f->own->header_count; i++)
		if (text_same(f->own->headers[i].name, "Content-Language"))
			return;
	reply_language(f);
}

static void begin(struct flow *f)
{
	struct export *e = f->own->export;

	if (e->is_begun)
		return;
	e->is_begun = true;
	f->own->media_type = export_media_type(f->own);
	reply_header(f, "Content-Disposition", file_name(f));
	if (e->format == EXPORT_XLSX)
		tell_language(f);
	flow_begin_stream(f->own);
}

static void add(struct flow *f, const char *at, size_t bytes)
{
	if (bytes)
		http_stream_add(f->own->exchange, at, bytes);
	f->own->export->sent_bytes += bytes;
}

/* The client takes its time: the pace of writing bounds it (http.h). */
static enum flow_next await_client(struct flow *f)
{
	f->own->deadline_ms = INT64_MAX;
	f->own->awaits = AWAITS_CLIENT;
	return FLOW_WAIT;
}

static enum flow_next send_items(struct flow *f)
{
	struct export *e = f->own->export;

	if (e->format == EXPORT_XLSX && !e->is_head)
		return e->part_count ? FLOW_NEXT : climb(f, sheet_end);
	begin(f);
	add(f, e->out.at, e->out.used);
	buf_clear(&e->out);
	return await_client(f);
}

static enum flow_next go_on(struct flow *f)
{
	struct export *e = f->own->export;

	if (e->is_head || !e->part_count) {
		e->is_over = true;
		return FLOW_DONE;
	}
	move_cursor(e);
	return flow_again(f->own);
}

static enum flow_next end_sheet(struct flow *f)
{
	if (!xlsx_out_finish(f->own->export->sheet))
		return fail(f, FAULT_BUSY, "%s",
			    "there is no room for temporary files");
	return FLOW_NEXT;
}

static enum flow_next finish_sheet(struct flow *f)
{
	f->own->deadline_ms = clock_ms() + SHEET_FINISH_MS;
	return ponder(f, end_sheet);
}

static enum flow_next send_sheet(struct flow *f)
{
	struct export *e = f->own->export;
	char *to;
	long bytes;

	buf_clear(&e->out);
	to = buf_room(&e->out, FILE_PART_BYTES);
	bytes = xlsx_out_read(e->sheet, e->sent_bytes, to, FILE_PART_BYTES);
	if (bytes < 0)
		return fail(f, FAULT_BUG, "%s", "the workbook is not readable");
	if (bytes == 0) {
		e->is_over = true;
		return FLOW_DONE;
	}
	begin(f);
	add(f, to, (size_t)bytes);
	(void)climb(f, sheet_part);
	return await_client(f);
}

/* ---- ends ---- */

bool export_is_over(const struct flow_private *own)
{
	return own->export->is_over;
}

bool export_is_begun(const struct flow_private *own)
{
	return own->export && own->export->is_begun;
}

void export_end(struct flow_private *own)
{
	struct http_exchange *exchange = own->exchange;

	flow_log_request(own, own->status, own->export->sent_bytes);
	own->exchange = NULL;
	http_stream_end(exchange, true);
}

void export_cut(struct flow_private *own)
{
	struct http_exchange *exchange = own->exchange;
	struct problem problem = { .status = 0 };

	problem_of_fault(&problem, &own->fault, own->flow.lang);
	flow_log(&own->flow, "export cut short", "code=%s bytes=%zu",
		 problem.code, own->export->sent_bytes);
	flow_log_request(own, problem.status, own->export->sent_bytes);
	own->exchange = NULL;
	http_stream_end(exchange, false);
}
