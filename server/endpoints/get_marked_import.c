/*
 * GET /v1/imports/{import_id}/marked - the file given back as CSV, with what
 * became of each row beside it. It is gathered piece by piece and bounded: two
 * at a time, and each in bytes.
 */
#include <stdatomic.h>

#include "endpoints/student_import.h"
#include "records/import_marks.h"

enum { PIECE_ROWS = 1000, COPY_MAX_BYTES = 128 * 1024 * 1024,
       AT_ONCE_MAX = 2, MARKED_DEADLINE_MS = 60000 };

struct marking {
	struct uuid id;
	struct import_marks marks;
	struct buf copy;
	struct arena *scratch;
};

static flow_step find_header, begin_copy, add_piece;

const struct endpoint get_marked_import = {
	.operation = "getMarkedImport",
	.method = "GET",
	.path = "/v1/imports/{import_id}/marked",
	.allow = IMPORTERS,
	.deadline_ms = MARKED_DEADLINE_MS,
	.state_bytes = sizeof(struct marking),
	.produces = "text/csv",
	.steps = { find_header, begin_copy, add_piece },
};

static flow_step *const piece_by_piece[] = { add_piece, NULL };

static atomic_int at_once;

static void end_copy(void *copy)
{
	atomic_fetch_sub(&at_once, 1);
	buf_close(copy);
}

static void close_scratch(void *scratch)
{
	arena_close(scratch);
}

static enum flow_next find_header(struct flow *f)
{
	struct marking *s = f->state;

	if (!path_uuid(f, "import_id", &s->id))
		return FLOW_FAIL;
	return ask_one(f, SQL_IMPORT_HEADER, P_CONSORTIUM(f), P_ID(&s->id),
		       P_OWNER(f));
}

static enum flow_next ask_piece(struct flow *f)
{
	struct marking *s = f->state;

	return ask(f, SQL_IMPORT_ROWS_MARKED, P_CONSORTIUM(f), P_ID(&s->id),
		   P_INT(s->marks.last), P_INT(PIECE_ROWS),
		   P_TEXT(import_language(f->lang)));
}

static enum flow_next begin_copy(struct flow *f)
{
	struct marking *s = f->state;

	if (rows_is_null(f->rows, 0, 0) || rows_bool(f->rows, 0, 1))
		return fail(f, FAULT_BAD_STATE, "%s",
			    "the import's rows are not there");
	if (atomic_fetch_add(&at_once, 1) >= AT_ONCE_MAX) {
		atomic_fetch_sub(&at_once, 1);
		return fail(f, FAULT_BUSY, "%s", "other copies are made");
	}
	arena_on_reset(f->mem, end_copy, &s->copy);
	s->scratch = arena_open();
	arena_on_reset(f->mem, close_scratch, s->scratch);
	import_marks_begin(&s->marks, &s->copy, f->rows, f->lang != LANG_EN);
	return ask_piece(f);
}

static enum flow_next reply_copy(struct flow *f)
{
	struct marking *s = f->state;
	char id[UUID_TEXT_BYTES];

	uuid_text(&s->id, id);
	reply_header(f, "Content-Disposition",
		     arena_print(f->mem,
				 "attachment; filename=\"marked-%s.csv\"",
				 id));
	reply_language(f);
	return reply_bytes(f, 200, "text/csv; charset=utf-8", s->copy.at,
			   s->copy.used);
}

static enum flow_next add_piece(struct flow *f)
{
	struct marking *s = f->state;

	import_marks_add(&s->marks, f->rows, s->scratch);
	if (s->copy.used > COPY_MAX_BYTES)
		return fail(f, FAULT_BAD_STATE, "%s",
			    "the copy would be larger than 128 MiB");
	if (rows_count(f->rows) < PIECE_ROWS)
		return reply_copy(f);
	climb(f, piece_by_piece);
	return ask_piece(f);
}
