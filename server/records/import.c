/* import.c - imports and their rows, as they are told. */
#include "records/import.h"

#include <string.h>

#include "base/text.h"
#include "records/members.h"

const char *const import_status_words[] = {
	[IMPORT_SOUND] = "sound",
	[IMPORT_REJECTED] = "rejected",
	[IMPORT_CREATED] = "created",
	[IMPORT_UPDATED] = "updated",
	[IMPORT_UNCHANGED] = "unchanged",
	[IMPORT_WOULD_CREATE] = "would_create",
	[IMPORT_WOULD_UPDATE] = "would_update",
	[IMPORT_NOT_WRITTEN] = "not_written",
	[IMPORT_STATUS_COUNT] = NULL
};

const char *const import_kind_words[] = { "students", "enterprises",
					  "postings", "placements",
					  "destinations", NULL };
const char *const import_mode_words[] = { "all_or_nothing", "upsert",
					  "dry_run", NULL };
const char *const import_state_words[] = { "queued", "running", "done",
					   "failed", NULL };

static const struct import_kind *const kinds[] = {
	&student_import_kind, &enterprise_import_kind, &posting_import_kind,
	&placement_import_kind, &destination_import_kind
};

const struct flaw import_twin = {
	.code = "duplicate", .english = "is in row %s too",
	.chinese = "与第 %s 行相同"
};

const struct import_kind *import_kind_of(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (text_same(kinds[i]->word, word))
			return kinds[i];
	return NULL;
}

void import_read_row(const struct import_kind *kind,
		     const struct import_against *against,
		     const struct sheet_record *record, struct json_writer *w,
		     struct import_found *found)
{
	void *values = arena_zeroed(found->flaws->mem, 1,
				    kind->sheet.record_bytes);
	struct sheet_said said;

	if (!sheet_read(&kind->sheet, record, values, &said, found->flaws))
		return;
	kind->settle(against, values, &said, found);
	if (!found->flaws->count)
		kind->put(w, values);
}

enum import_status import_status_of(const struct import_answer *a)
{
	if (a->is_dry)
		return a->is_known ? IMPORT_WOULD_UPDATE :
				     IMPORT_WOULD_CREATE;
	if (a->is_new)
		return IMPORT_CREATED;
	if (a->is_changed)
		return IMPORT_UPDATED;
	return a->is_upsert ? IMPORT_UNCHANGED : IMPORT_NOT_WRITTEN;
}

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_TEXT, "kind" },
	{ MEMBER_TEXT, "mode" },
	{ MEMBER_TEXT, "media_type" },
	{ MEMBER_INT, "bytes" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_TEXT, "phase" },
	{ MEMBER_TEXT, "encoding" },
	{ MEMBER_INT, "rows_read" },
	{ MEMBER_INT, "rows_done" },
	{ MEMBER_INT, "rows_rejected" },
	{ MEMBER_JSON, "counts" },
	{ MEMBER_JSON, "errors" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "started_at" },
	{ MEMBER_TIME, "finished_at" },
	{ MEMBER_END, NULL }
};

void import_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

static void write_told(struct json_writer *w, const char *name, struct cell at)
{
	json_key(w, name);
	if (rows_is_null(at.rows, at.row, at.column))
		json_raw(w, "[]", 2);
	else
		json_raw(w, rows_text(at.rows, at.row, at.column),
			 rows_bytes(at.rows, at.row, at.column));
}

void import_row_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	member_int(w, "row", CELL(rows, row, 1));
	member_text(w, "status", CELL(rows, row, 2));
	member_text(w, "key", CELL(rows, row, 3));
	member_uuid(w, "id", CELL(rows, row, 4));
	write_told(w, "errors", CELL(rows, row, 5));
	write_told(w, "notes", CELL(rows, row, 7));
	json_end(w);
}

void import_errors_write(struct json_writer *w, const struct flaws *flaws)
{
	int count = 0;

	json_array(w);
	for (const struct flaw *flaw = flaws->first;
	     flaw && count < IMPORT_FLAWS_MAX; flaw = flaw->next, count++) {
		json_object(w);
		json_member_text(w, "column",
				 *flaw->where ? flaw->where : NULL);
		json_member_text(w, "code", flaw->code);
		json_member_text(w, "english", flaw->english);
		json_member_text(w, "chinese", flaw->chinese);
		if (flaw->suggestions) {
			json_key(w, "suggestions");
			json_raw(w, flaw->suggestions,
				 strlen(flaw->suggestions));
		}
		json_end(w);
	}
	json_end(w);
}
