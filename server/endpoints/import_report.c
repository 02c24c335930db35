/* import_report.c - what became of each row, and how it is told. */
#include <string.h>

#include "endpoints/student_import.h"

static void settle_row(const struct student_import *import,
		       struct import_row *row, const struct rows *rows, int i)
{
	const struct import_kind *kind = &student_import_kind;
	struct import_answer answer = {
		import->is_dry, import->is_upsert,
		rows_bool(rows, i, IMPORT_IS_KNOWN_COLUMN),
		rows_bool(rows, i, IMPORT_IS_NEW_COLUMN),
		rows_bool(rows, i, IMPORT_IS_CHANGED_COLUMN)
	};

	row->status = import_status_of(&answer);
	for (int k = 0; kind->refusals[k]; k++)
		if (rows_bool(rows, i, IMPORT_REFUSALS_COLUMN + k))
			import_reject(row, kind->refusals[k]);
	if (answer.is_known && !import->is_dry && !import->is_upsert)
		import_reject(row, kind->known);
}

void import_settle(struct student_import *import, const struct rows *rows)
{
	for (int i = 0; i < rows_count(rows); i++) {
		struct import_row *row =
			&import->rows[rows_int(rows, i, IMPORT_N_COLUMN)];
		const char *id = rows_text(rows, i, IMPORT_ID_COLUMN);

		must(rows_bytes(rows, i, IMPORT_ID_COLUMN) < UUID_TEXT_BYTES);
		memcpy(row->student_id, id, strlen(id) + 1);
		settle_row(import, row, rows, i);
	}
}

static void write_told(struct json_writer *w, const char *name,
		       const struct flaws *flaws, enum lang lang)
{
	json_key(w, name);
	json_array(w);
	for (const struct flaw *flaw = flaws->first; flaw; flaw = flaw->next) {
		json_object(w);
		json_member_text(w, "column", *flaw->where ? flaw->where :
							     NULL);
		json_member_text(w, "code", flaw->code);
		json_member_text(w, "detail", lang == LANG_EN ?
				 flaw->english : flaw->chinese);
		if (flaw->suggestions) {
			json_key(w, "suggestions");
			json_raw(w, flaw->suggestions,
				 strlen(flaw->suggestions));
		}
		json_end(w);
	}
	json_end(w);
}

static void write_row(struct json_writer *w, const struct import_row *row,
		      enum lang lang)
{
	json_object(w);
	json_member_int(w, "row", row->number);
	json_member_text(w, "status", import_status_words[row->status]);
	json_member_text(w, "student_number", row->student_number);
	json_member_text(w, "student_id", *row->student_id ?
			 row->student_id : NULL);
	if (row->status == IMPORT_REJECTED)
		write_told(w, "errors", &row->flaws, lang);
	if (row->notes.count)
		write_told(w, "notes", &row->notes, lang);
	json_end(w);
}

static void write_counts(struct json_writer *w,
			 const struct student_import *import)
{
	int counts[IMPORT_STATUS_COUNT] = { 0 };

	for (int i = 0; i < import->count; i++)
		counts[import->rows[i].status]++;
	json_key(w, "counts");
	json_object(w);
	json_member_int(w, "rows", import->count);
	for (int i = IMPORT_REJECTED; i < IMPORT_STATUS_COUNT; i++)
		json_member_int(w, import_status_words[i], counts[i]);
	json_end(w);
}

void import_report(const struct student_import *import, enum lang lang,
		   struct buf *out)
{
	struct json_writer w;

	json_begin(&w, out);
	json_object(&w);
	json_member_text(&w, "kind", "students");
	json_member_text(&w, "mode", import->mode);
	json_member_text(&w, "encoding", import->encoding);
	write_counts(&w, import);
	json_key(&w, "rows");
	json_array(&w);
	for (int i = 0; i < import->count; i++)
		write_row(&w, &import->rows[i], lang);
	json_end(&w);
	json_end(&w);
}

const char *import_language(enum lang lang)
{
	return lang == LANG_EN ? "english" : "chinese";
}
