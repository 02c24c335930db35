/*
 * work_import_read.c - the file, from its pieces into a spool, and from there
 * row by row into import_row. One row is in memory at a time, and a batch of
 * what is made of them.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/spool.h"
#include "base/text.h"
#include "commands/work_import.h"
#include "records/specialty_reading.h"
#include "wire/xlsx.h"

enum { BATCH_BYTES = 1024 * 1024, LINE_BYTES_MAX = 256 * 1024 };

struct reading {
	struct import_work *w;
	struct fault *fault;
	struct import_against against;
	struct rows *catalogue_rows;	/* given */
	struct arena *scratch;		/* of one row */
	struct buf values, batch;	/* one row's; many rows' */
	struct json_writer out;		/* into the batch */
	int count, rejected;		/* of the batch */
	int n;				/* of the next row */
	const char *encoding;
	struct buf header;		/* JSON */
};

/* ---- the file ---- */

static bool fail_spool(struct fault *fault)
{
	return fault_set(fault, FAULT_BUSY, "no temporary file: %s",
			 strerror(errno));
}

static bool add_piece(struct spool *spool, const struct rows *rows,
		      struct fault *fault)
{
	const char *hex = rows_text(rows, 0, 0);
	size_t bytes = rows_bytes(rows, 0, 0) / 2;
	struct buf piece = { 0 };
	bool is_good;

	must(text_unhex(hex, buf_room(&piece, bytes), bytes));
	is_good = spool_add(spool, piece.at, bytes);
	buf_close(&piece);
	return is_good || fail_spool(fault);
}

static bool fetch_file(struct import_work *w, struct spool *spool,
		       struct fault *fault)
{
	bool is_more = true, is_good = true;

	for (int i = 0; is_more && is_good; i++) {
		char number[16];
		struct rows *rows;

		snprintf(number, sizeof(number), "%d", i);
		rows = SYNC_ASK(w->s, fault, SQL_IMPORT_CHUNK, w->consortium,
				w->id, number);
		if (!rows)
			return false;
		is_more = rows_count(rows) == 1;
		is_good = !is_more || add_piece(spool, rows, fault);
		rows_release(rows);
	}
	return is_good;
}

/* ---- batches ---- */

static void begin_batch(struct reading *r)
{
	buf_clear(&r->batch);
	json_begin(&r->out, &r->batch);
	json_array(&r->out);
	r->count = r->rejected = 0;
}

static bool end_batch(struct reading *r)
{
	char count[16], rejected[16];

	if (lease_is_lost(&r->w->lease))
		return fault_set(r->fault, FAULT_BAD_STATE,
				 "the lease is lost");
	json_end(&r->out);
	buf_byte(&r->batch, '\0');
	snprintf(count, sizeof(count), "%d", r->count);
	snprintf(rejected, sizeof(rejected), "%d", r->rejected);
	if (!import_work_tell(r->w, SQL_IMPORT_ROWS_ADD,
			      (const char *[]){ r->batch.at, count, rejected },
			      NULL, r->fault))
		return false;
	begin_batch(r);
	return true;
}

/* ---- rows ---- */

static bool has_flaw_at(const struct flaws *flaws, const char *where)
{
	for (const struct flaw *flaw = flaws->first; flaw; flaw = flaw->next)
		if (text_same(flaw->where, where))
			return true;
	return false;
}

static bool has_flaw_of(const struct flaws *flaws, const char *code)
{
	for (const struct flaw *flaw = flaws->first; flaw; flaw = flaw->next)
		if (text_same(flaw->code, code))
			return true;
	return false;
}

/* A cell that could not be read is not also missing. */
static void add_flaws(struct flaws *to, const struct flaws *more)
{
	for (const struct flaw *flaw = more->first; flaw; flaw = flaw->next) {
		if (text_same(flaw->code, "required") &&
		    has_flaw_at(to, flaw->where))
			continue;
		flaws_add(to, flaw->where, flaw->code, flaw->english,
			  flaw->chinese);
		if (flaw->suggestions)
			flaws_suggest(to, flaw->suggestions);
	}
}

/* What a row says, into r->values; flaws of its cells are in found. After a
 * broken quote nothing of it is sure. */
static void read_values(struct reading *r, const struct sheet_record *record,
			struct import_found *found)
{
	struct json_writer w;
	struct uuid id = uuid_new();
	struct flaws *cells = found->flaws, more;

	if (has_flaw_of(cells, "broken-quote"))
		return;
	buf_clear(&r->values);
	json_begin(&w, &r->values);
	json_object(&w);
	json_member_int(&w, "n", r->n);
	json_member_uuid(&w, "id", &id);
	flaws_init(&more, cells->mem);
	found->flaws = &more;
	import_read_row(r->w->kind, &r->against, record, &w, found);
	found->flaws = cells;
	json_end(&w);
	add_flaws(cells, &more);
}

static void write_cells(struct json_writer *w,
			const struct sheet_record *record)
{
	const struct sheet_line *line = &record->line;

	json_key(w, "cells");
	json_array(w);
	if (!record->cells)
		json_text_bytes(w, line->at,
				text_is_utf8(line->at, line->bytes) ?
					line->bytes : 0);
	for (size_t i = 0; record->cells && i < record->cells->text_count; i++)
		json_text(w, record->cells->texts[i]);
	json_end(w);
}

static bool add_row(struct reading *r, const struct sheet_record *record,
		    int64_t number, struct flaws *flaws)
{
	struct json_writer *w = &r->out;
	struct flaws notes;
	struct import_found found = { flaws, &notes, NULL };

	flaws_init(&notes, flaws->mem);
	read_values(r, record, &found);
	json_object(w);
	json_member_int(w, "n", r->n++);
	json_member_int(w, "number", number);
	json_member_text(w, "key", found.key);
	json_member_text(w, "status", import_status_words[
			 flaws->count ? IMPORT_REJECTED : IMPORT_SOUND]);
	json_key(w, "errors");
	import_errors_write(w, flaws);
	json_key(w, "notes");
	import_errors_write(w, &notes);
	write_cells(w, record);
	if (!flaws->count) {
		json_key(w, "row_values");
		json_raw(w, r->values.at, r->values.used);
	}
	json_end(w);
	r->count++;
	r->rejected += flaws->count > 0;
	if (r->count < IMPORT_BATCH_ROWS && r->batch.used < BATCH_BYTES)
		return true;
	return end_batch(r);
}

static void write_header(struct reading *r, const char *const *names,
			 size_t count)
{
	struct json_writer w;

	json_begin(&w, &r->header);
	json_array(&w);
	for (size_t i = 0; i < count; i++)
		json_text(&w, names[i]);
	json_end(&w);
	buf_byte(&r->header, '\0');
}

static void blame_length(struct reading *r)
{
	flaws_add(&r->w->file, "", "too-many-rows",
		  "has more than 200,000 rows", "超过 200,000 行");
}

/* A reader of spreadsheets, of whatever kind. */
struct table {
	bool (*next)(void *reader, struct csv_row *row, struct flaws *flaws);
	void *reader;
	const char *const *names;	/* of its columns */
	size_t count;
};

static bool read_table(struct reading *r, const struct table *table)
{
	struct csv_row cells;
	struct flaws found;

	write_header(r, table->names, table->count);
	for (flaws_init(&found, r->scratch);
	     table->next(table->reader, &cells, &found);
	     arena_reset(r->scratch), flaws_init(&found, r->scratch)) {
		struct sheet_record record = { .cells = &cells };

		if (has_flaw_of(&found, "too-many-rows")) {
			blame_length(r);
			return true;
		}
		if (!add_row(r, &record, cells.number, &found))
			return false;
	}
	return true;
}

static const struct csv_form *form_of(struct import_work *w)
{
	struct csv_form *form = arena_new(w->mem, struct csv_form);

	*form = (struct csv_form){ w->kind->sheet.columns, w->lets_others_be,
				   IMPORT_ROWS_MAX };
	return form;
}

static bool next_of_csv(void *reader, struct csv_row *row, struct flaws *flaws)
{
	return csv_next(reader, row, flaws);
}

static bool read_csv(struct reading *r, const char *at, size_t bytes)
{
	struct import_work *w = r->w;
	struct csv *csv = csv_open(w->mem, form_of(w), at, bytes, &w->file);
	struct table table = { .next = next_of_csv, .reader = csv };

	if (!csv)
		return true;
	r->encoding = csv_encoding(csv);
	table.names = csv_header(csv, &table.count);
	return read_table(r, &table);
}

static bool next_of_xlsx(void *reader, struct csv_row *row,
			 struct flaws *flaws)
{
	return xlsx_next(reader, row, flaws);
}

static bool read_xlsx(struct reading *r, const char *at, size_t bytes)
{
	struct import_work *w = r->w;
	struct xlsx_source source = { at, bytes, w->sheet };
	struct xlsx *xlsx = xlsx_open(w->mem, form_of(w), &source, &w->file);
	struct table table = { .next = next_of_xlsx, .reader = xlsx };

	if (!xlsx)
		return true;
	r->encoding = "UTF-8";
	table.names = xlsx_header(xlsx, &table.count);
	if (!read_table(r, &table))
		return false;
	(void)xlsx_broken(xlsx, &w->file);
	return true;
}

static bool is_blank(const char *at, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		if (at[i] != ' ' && at[i] != '\t' && at[i] != '\r')
			return false;
	return true;
}

static bool read_line(struct reading *r, const char *at, size_t bytes,
		      int64_t number)
{
	struct sheet_record record = {
		.line = { at, bytes, r->w->lets_others_be }
	};
	struct flaws found;

	arena_reset(r->scratch);
	flaws_init(&found, r->scratch);
	if (bytes > LINE_BYTES_MAX) {
		flaws_add(&found, "", "too-long",
			  "must have at most 262144 bytes",
			  "至多 262144 字节");
		record.line = (struct sheet_line){ "{}", 2, false };
	}
	return add_row(r, &record, number, &found);
}

static bool read_jsonl(struct reading *r, const char *at, size_t bytes)
{
	static const char *const names[] = { "json" };
	const char *end = at + bytes;
	int64_t number = 0;

	r->encoding = "UTF-8";
	write_header(r, names, 1);
	if (bytes >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
		at += 3;
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)((stop ? stop : end) - at);
		bool is_row = !is_blank(at, length);

		number++;
		if (is_row && r->n == IMPORT_ROWS_MAX) {
			blame_length(r);
			return true;
		}
		if (is_row && !read_line(r, at, length, number))
			return false;
		at += length + (stop != NULL);
	}
	return true;
}

static bool read_rows(struct reading *r, const char *at, size_t bytes)
{
	struct import_work *w = r->w;
	bool (*read)(struct reading *r, const char *at, size_t bytes) =
		text_same(w->media_type, IMPORT_JSONL) ? read_jsonl :
		text_same(w->media_type, IMPORT_XLSX) ? read_xlsx : read_csv;
	const char *more[] = { NULL, NULL, w->kind->key, import_twin.english,
			       import_twin.chinese, "16" };

	if (!read(r, at, bytes))
		return false;
	if (w->file.count)
		return true;
	if (r->count && !end_batch(r))
		return false;
	more[0] = r->encoding;
	more[1] = r->header.at;
	return import_work_tell(w, SQL_IMPORT_READ, more, NULL, r->fault);
}

/* ---- all of it ---- */

/* What reads the file keeps its pages until the work's memory goes. */
static bool read_file(struct reading *r, struct spool *spool)
{
	const char *at;
	size_t bytes;

	if (!fetch_file(r->w, spool, r->fault))
		return false;
	at = spool_see(spool, &bytes);
	if (!at)
		return fail_spool(r->fault);
	begin_batch(r);
	return read_rows(r, at, bytes);
}

static bool find_catalogue(struct reading *r)
{
	struct import_work *w = r->w;
	struct catalogue *catalogue = &r->against.catalogue;

	r->catalogue_rows = SYNC_ASK(w->s, r->fault, SQL_SPECIALTY_LISTS,
				     w->consortium,
				     *w->owner ? w->owner : NULL);
	if (!r->catalogue_rows)
		return false;
	catalogue_from_rows(catalogue, w->mem, r->catalogue_rows);
	catalogue_map(catalogue, w->mem, &w->mapping.mapping);
	specialty_reading_begin(catalogue, w->mem);
	return true;
}

/* Nothing of an attempt before is left; the lists are at hand. */
static bool prepare(struct reading *r)
{
	struct import_work *w = r->w;
	struct rows *rows = SYNC_ASK(w->s, r->fault, SQL_IMPORT_ROWS_FORGET,
				     w->consortium, w->id);

	if (!rows)
		return false;
	rows_release(rows);
	r->against.level = w->level;
	return !w->kind->needs_catalogue || find_catalogue(r);
}

bool import_work_read(struct import_work *w, struct fault *fault)
{
	struct reading r = { .w = w, .fault = fault };
	struct spool *spool = spool_open();
	bool is_good;

	if (!spool)
		return fail_spool(fault);
	r.scratch = arena_open();
	is_good = prepare(&r) && read_file(&r, spool);
	spool_close(spool);
	arena_close(r.scratch);
	buf_close(&r.values);
	buf_close(&r.batch);
	buf_close(&r.header);
	if (r.catalogue_rows)
		rows_release(r.catalogue_rows);
	return is_good;
}
