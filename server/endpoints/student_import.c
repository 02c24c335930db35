/*
 * student_import.c - reading: each row passes through an arena of its own,
 * which is emptied behind it, so that a file costs what it says and no more.
 */
#include "endpoints/student_import.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "records/specialty_reading.h"

enum { ROWS_MAX = 20000 };

static void close_buf(void *buf)
{
	buf_close(buf);
}

static void close_scratch(void *arena)
{
	arena_close(arena);
}

/* An upper bound: every row but the last ends a line. */
static size_t count_lines(const char *at, size_t bytes)
{
	size_t count = 1;

	for (size_t i = 0; i < bytes && count <= ROWS_MAX; i++)
		count += at[i] == '\n' || at[i] == '\r';
	return count;
}

/* A copy that outlives the arena it was made in. */
static void copy_flaw(struct flaws *to, const struct flaw *flaw)
{
	struct arena *mem = to->mem;

	flaws_add(to, flaw->where, flaw->code,
		  arena_text(mem, flaw->english, strlen(flaw->english)),
		  arena_text(mem, flaw->chinese, strlen(flaw->chinese)));
	if (flaw->suggestions)
		flaws_suggest(to, arena_text(mem, flaw->suggestions,
					     strlen(flaw->suggestions)));
}

void import_reject(struct import_row *row, const struct flaw *why)
{
	row->status = IMPORT_REJECTED;
	if (row->flaws.count < IMPORT_FLAWS_MAX)
		copy_flaw(&row->flaws, why);
}

static bool has_flaw_at(const struct flaws *flaws, const char *where)
{
	for (const struct flaw *flaw = flaws->first; flaw; flaw = flaw->next)
		if (text_same(flaw->where, where))
			return true;
	return false;
}

/* A cell that could not be read is not also missing. */
static void keep_flaws(struct import_row *row, const struct flaws *found)
{
	for (const struct flaw *flaw = found->first; flaw; flaw = flaw->next)
		if (!text_same(flaw->code, "required") ||
		    !has_flaw_at(&row->flaws, flaw->where))
			import_reject(row, flaw);
}

static bool has_flaw_of(const struct flaws *flaws, const char *code)
{
	for (const struct flaw *flaw = flaws->first; flaw; flaw = flaw->next)
		if (text_same(flaw->code, code))
			return true;
	return false;
}

/* What of a row is sound, into import->values. out: its key, or NULL */
static const char *read_values(struct student_import *import,
			       struct import_row *row, struct csv_row *cells,
			       struct arena *scratch)
{
	struct json_writer w;
	struct uuid id = uuid_new();
	struct flaws flaws, notes;
	struct import_found found = { &flaws, &notes, NULL };
	struct sheet_record record = { .cells = cells };

	flaws_init(&flaws, scratch);
	flaws_init(&notes, scratch);
	row->at = import->values.used;
	json_begin(&w, &import->values);
	json_object(&w);
	json_member_int(&w, "n", row - import->rows);
	json_member_uuid(&w, "id", &id);
	import_read_row(&student_import_kind, &import->against, &record, &w,
			&found);
	json_end(&w);
	row->bytes = import->values.used - row->at;
	keep_flaws(row, &flaws);
	for (const struct flaw *note = notes.first; note; note = note->next)
		copy_flaw(&row->notes, note);
	return found.key;
}

/* After a broken quote nothing of the row is sure. */
static void read_row(struct student_import *import, struct import_row *row,
		     struct csv_row *cells, struct flaws *found)
{
	const char *key;

	row->number = cells->number;
	keep_flaws(row, found);
	if (has_flaw_of(found, "broken-quote"))
		return;
	key = read_values(import, row, cells, found->mem);
	if (key)
		row->student_number = arena_text(row->flaws.mem, key,
						 strlen(key));
	if (row->status == IMPORT_REJECTED)
		import->values.used = row->at;
}

/* What is wrong with the file as a whole; columns are named in words, since
 * no JSON pointer leads to one. */
static void blame_file(struct flow *f, const struct flaws *found)
{
	for (const struct flaw *flaw = found->first; flaw; flaw = flaw->next) {
		const char *mark = *flaw->where ? ": " : "";

		flaws_add(&f->flaws, "#", flaw->code,
			  arena_print(f->mem, "%s%s%s", flaw->where, mark,
				      flaw->english),
			  arena_print(f->mem, "%s%s%s", flaw->where, mark,
				      flaw->chinese));
	}
}

static bool read_rows(struct flow *f, struct student_import *import,
		      struct csv *csv, struct arena *scratch)
{
	struct csv_row cells;
	struct flaws found;

	for (flaws_init(&found, scratch); csv_next(csv, &cells, &found);
	     arena_reset(scratch), flaws_init(&found, scratch)) {
		struct import_row *row = &import->rows[import->count];

		if (has_flaw_of(&found, "too-many-rows")) {
			blame_file(f, &found);
			return false;
		}
		import->count++;
		flaws_init(&row->flaws, f->mem);
		flaws_init(&row->notes, f->mem);
		read_row(import, row, &cells, &found);
	}
	return true;
}

static int by_student_number(const void *a, const void *b)
{
	const struct import_row *one = *(struct import_row *const *)a;
	const struct import_row *other = *(struct import_row *const *)b;
	int order = strcmp(one->student_number, other->student_number);

	return order ? order : one->number < other->number ? -1 : 1;
}

static void reject_twin(struct import_row *row, const struct import_row *twin)
{
	struct arena *mem = row->flaws.mem;
	const long long number = twin->number;
	struct flaw why = {
		.where = "student_number", .code = "duplicate",
		.english = arena_print(mem, "is in row %lld too", number),
		.chinese = arena_print(mem, "与第 %lld 行相同", number)
	};

	import_reject(row, &why);
}

/* Which of the rows with one number is meant, nobody can say: all are bad. */
static void reject_twins(struct flow *f, struct student_import *import)
{
	struct import_row **sorted = arena_array(f->mem, struct import_row *,
						 (size_t)import->count);
	size_t count = 0, first = 0;

	for (int i = 0; i < import->count; i++)
		if (import->rows[i].student_number)
			sorted[count++] = &import->rows[i];
	qsort(sorted, count, sizeof(sorted[0]), by_student_number);
	for (size_t i = 1; i < count; i++) {
		if (!text_same(sorted[i]->student_number,
			       sorted[first]->student_number)) {
			first = i;
			continue;
		}
		if (i == first + 1)
			reject_twin(sorted[first], sorted[i]);
		reject_twin(sorted[i], sorted[first]);
	}
}

static void gather_payload(struct student_import *import)
{
	struct buf *out = &import->payload;
	const char *mark = "";

	buf_byte(out, '[');
	for (int i = 0; i < import->count; i++) {
		const struct import_row *row = &import->rows[i];

		import->has_bad_row |= row->status == IMPORT_REJECTED;
		if (row->status == IMPORT_REJECTED)
			continue;
		buf_text(out, mark);
		buf_bytes(out, import->values.at + row->at, row->bytes);
		mark = ",";
	}
	buf_bytes(out, "]", sizeof("]"));
}

enum flow_next import_read(struct flow *f, struct student_import *import)
{
	const struct csv_form form = { student_import_kind.sheet.columns,
				       import->lets_others_be, ROWS_MAX };
	struct catalogue *catalogue = &import->against.catalogue;
	struct arena *scratch = arena_open();
	struct flaws found;
	struct csv *csv;

	arena_on_reset(f->mem, close_scratch, scratch);
	arena_on_reset(f->mem, close_buf, &import->values);
	arena_on_reset(f->mem, close_buf, &import->payload);
	catalogue_from_rows(catalogue, f->mem, f->rows);
	catalogue_map(catalogue, f->mem, &import->mapping.mapping);
	specialty_reading_begin(catalogue, f->mem);
	import->rows = arena_array(f->mem, struct import_row,
				   count_lines(f->raw, f->raw_bytes));
	flaws_init(&found, f->mem);
	csv = csv_open(f->mem, &form, f->raw, f->raw_bytes, &found);
	if (!csv)
		blame_file(f, &found);
	if (!csv || !read_rows(f, import, csv, scratch))
		return fail_flaws(f);
	import->encoding = csv_encoding(csv);
	reject_twins(f, import);
	gather_payload(import);
	return FLOW_NEXT;
}
