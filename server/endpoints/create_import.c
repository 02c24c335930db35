/*
 * POST /v1/imports - a file of rows: a school's students, nominations and
 * destinations, an enterprise's postings, the office's enterprises. Students
 * in CSV are read and written while the client waits, unless it would rather
 * not (RFC 7240) or the file is large: reading and reporting are then the
 * pool's, and all that is written is one statement's. Everything else is kept,
 * piece by piece, for a worker (commands/work_import.h).
 */
#include <string.h>

#include "base/text.h"
#include "endpoints/specialty_mapping_steps.h"
#include "endpoints/student_import.h"
#include "endpoints/student_steps.h"
#include "records/school.h"

enum { FILE_MAX_BYTES = 32 * 1024 * 1024, AT_ONCE_MAX_BYTES = 16 * 1024 * 1024,
       PIECE_BYTES = 512 * 1024, MAPPING_MAX_SCALARS = 8000,
       SHEET_MAX_SCALARS = 31,
       IMPORT_DEADLINE_MS = 25000 };

struct import_query {
	const char *kind, *mode, *unknown_columns, *mapping, *sheet;
};

struct importing {
	struct student_import import;
	struct buf report;
	struct uuid id;
	size_t kept_bytes;
	int pieces;
	struct buf hex;
};

static const char *const unknown_words[] = { "refuse", "ignore", NULL };

static const struct field query_shape[] = {
	ENUM(struct import_query, kind, import_kind_words, REQUIRED),
	ENUM(struct import_query, mode, import_mode_words, REQUIRED),
	ENUM(struct import_query, unknown_columns, unknown_words, OPTIONAL),
	TEXT(struct import_query, mapping, 2, MAPPING_MAX_SCALARS, OPTIONAL),
	TEXT(struct import_query, sheet, 1, SHEET_MAX_SCALARS, ONE_LINE),
	END_OF_FIELDS
};

static const struct {
	const char *kind;
	enum role role;
} bringers[] = {
	{ "students", ROLE_SCHOOL },
	{ "placements", ROLE_SCHOOL },
	{ "destinations", ROLE_SCHOOL },
	{ "postings", ROLE_ENTERPRISE },
	{ "enterprises", ROLE_OFFICE },
};

static flow_step begin, keep_mapping, choose, find_school, find_catalogue,
	read_file, write_students, report, reply_report, keep_piece,
	reply_queued;

const struct endpoint create_import = {
	.operation = "createImport",
	.method = "POST",
	.path = "/v1/imports",
	.allow = IMPORTERS,
	.deadline_ms = IMPORT_DEADLINE_MS,
	.state_bytes = sizeof(struct importing),
	.body_max_bytes = FILE_MAX_BYTES,
	.media_type = IMPORT_CSV " " IMPORT_JSONL " " IMPORT_XLSX,
	.query = query_shape,
	.query_bytes = sizeof(struct import_query),
	.steps = { begin },
};

static flow_step *const with_mapping[] = { keep_mapping, choose, NULL };
static flow_step *const at_once[] = { find_school, find_catalogue, read_file,
				      write_students, report, reply_report,
				      NULL };
static flow_step *const piece_by_piece[] = { keep_piece, NULL };
static flow_step *const to_a_worker[] = { reply_queued, NULL };

static bool ignores_unknown(const struct import_query *q)
{
	return q->unknown_columns && text_same(q->unknown_columns, "ignore");
}

static void close_report(void *report)
{
	buf_close(report);
}

static enum flow_next begin_import(struct flow *f)
{
	const struct import_query *q = f->query;
	struct importing *s = f->state;

	s->id = uuid_new();
	arena_on_reset(f->mem, close_report, &s->hex);
	climb(f, piece_by_piece);
	return tell(f, SQL_IMPORT_CREATE, P_CONSORTIUM(f), P_ID(&s->id),
		    P_TEXT(q->kind), P_TEXT(q->mode),
		    P_TEXT(body_is(f, IMPORT_CSV) ? IMPORT_CSV :
			   body_is(f, IMPORT_XLSX) ? IMPORT_XLSX :
						     IMPORT_JSONL),
		    P_BOOL(ignores_unknown(q)), P_OWNER(f),
		    P_INT((int64_t)f->raw_bytes), P_ACCOUNT(f),
		    P_TEXT(q->mapping), P_TEXT(q->sheet));
}

static bool may_bring(const struct flow *f, const char *kind)
{
	for (size_t i = 0; i < COUNT_OF(bringers); i++)
		if (text_same(bringers[i].kind, kind))
			return bringers[i].role == f->actor.role;
	return false;
}

/* What no kind but students has is a flaw of the request. */
static bool is_asked_well(struct flow *f)
{
	const struct import_query *q = f->query;

	if (q->sheet && !body_is(f, IMPORT_XLSX))
		flaws_add(&f->flaws, "sheet", "not-allowed",
			  "is of workbooks only", "仅用于 XLSX 工作簿");
	if (q->mapping && !text_same(q->kind, "students"))
		flaws_add(&f->flaws, "mapping", "not-allowed",
			  "is of students only", "仅用于学生导入");
	return f->flaws.count == 0;
}

/* What the client means by names is known before anything is read; it is
 * remembered unless nothing is to be written. */
static enum flow_next begin(struct flow *f)
{
	const struct import_query *q = f->query;
	struct importing *s = f->state;

	if (!may_bring(f, q->kind))
		return fail(f, FAULT_FORBIDDEN, "role %s",
			    role_word(f->actor.role));
	if (!is_asked_well(f))
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	if (!q->mapping)
		return choose(f);
	specialty_mapping_read(&s->import.mapping, q->mapping, &f->flaws);
	for (struct flaw *flaw = f->flaws.first; flaw; flaw = flaw->next)
		flaw->where = "mapping";
	if (f->flaws.count)
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	climb(f, with_mapping);
	return ask_unknown_codes(f, &s->import.mapping);
}

static enum flow_next keep_mapping(struct flow *f)
{
	const struct import_query *q = f->query;
	struct importing *s = f->state;

	if (!mapping_is_known(f, "mapping"))
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	if (text_same(q->mode, "dry_run"))
		return FLOW_NEXT;
	return remember_mapping(f, &f->actor.owner_id, &s->import.mapping);
}

static enum flow_next choose(struct flow *f)
{
	const struct import_query *q = f->query;

	if (text_same(q->kind, "students") && body_is(f, IMPORT_CSV) &&
	    f->raw_bytes <= AT_ONCE_MAX_BYTES &&
	    !client_prefers(f, "respond-async"))
		return climb(f, at_once);
	return begin_import(f);
}

static enum flow_next keep_piece(struct flow *f)
{
	struct importing *s = f->state;
	size_t bytes = f->raw_bytes - s->kept_bytes;

	if (!bytes) {
		climb(f, to_a_worker);
		return tell_or(f, FAULT_BUG, SQL_IMPORT_QUEUE, P_CONSORTIUM(f),
			       P_ID(&s->id), P_ACCOUNT(f),
			       P_TEXT(import_language(f->lang)));
	}
	if (bytes > PIECE_BYTES)
		bytes = PIECE_BYTES;
	text_hex(f->raw + s->kept_bytes, bytes, buf_room(&s->hex,
							 2 * bytes + 1));
	s->kept_bytes += bytes;
	climb(f, piece_by_piece);
	return tell(f, SQL_IMPORT_CHUNK_ADD, P_CONSORTIUM(f), P_ID(&s->id),
		    P_INT(s->pieces++), P_TEXT(s->hex.at));
}

static enum flow_next reply_queued(struct flow *f)
{
	struct importing *s = f->state;
	char id[UUID_TEXT_BYTES];

	uuid_text(&s->id, id);
	reply_location(f, "/v1/imports/%s", id);
	reply_language(f);
	if (client_prefers(f, "respond-async"))
		reply_header(f, "Preference-Applied", "respond-async");
	import_write(reply_json(f, 202), f->rows, 0);
	return FLOW_DONE;
}

static enum flow_next find_school(struct flow *f)
{
	return ask_one(f, SQL_SCHOOL_BY_ID, P_CONSORTIUM(f), P_OWNER(f));
}

static enum flow_next find_catalogue(struct flow *f)
{
	const struct import_query *q = f->query;
	struct importing *s = f->state;
	const char *kind = rows_text(f->rows, 0, SCHOOL_KIND_COLUMN);

	s->import.mode = q->mode;
	s->import.is_dry = text_same(q->mode, "dry_run");
	s->import.is_upsert = text_same(q->mode, "upsert");
	s->import.lets_others_be = ignores_unknown(q);
	s->import.against.level = school_level(
		arena_text(f->mem, kind, strlen(kind)));
	return ask(f, SQL_SPECIALTY_LISTS, P_CONSORTIUM(f), P_OWNER(f));
}

/* On the pool. */
static enum flow_next read_and_check(struct flow *f)
{
	struct importing *s = f->state;

	return import_read(f, &s->import);
}

static enum flow_next read_file(struct flow *f)
{
	return ponder(f, read_and_check);
}

static enum flow_next write_students(struct flow *f)
{
	struct importing *s = f->state;
	const struct student_import *i = &s->import;
	bool may_write = !i->is_dry && (i->is_upsert || !i->has_bad_row);

	explain_constraints(f, student_refusals);
	return tell(f, SQL_STUDENTS_IMPORT, P_CONSORTIUM(f), P_OWNER(f),
		    P_ACCOUNT(f), P_TEXT(i->payload.at), P_BOOL(may_write),
		    P_BOOL(i->is_upsert));
}

/* On the pool. */
static enum flow_next write_report(struct flow *f)
{
	struct importing *s = f->state;

	import_settle(&s->import, f->rows);
	import_report(&s->import, f->lang, &s->report);
	return FLOW_NEXT;
}

static enum flow_next report(struct flow *f)
{
	struct importing *s = f->state;

	arena_on_reset(f->mem, close_report, &s->report);
	return ponder(f, write_report);
}

static enum flow_next reply_report(struct flow *f)
{
	struct importing *s = f->state;

	reply_language(f);
	return reply_bytes(f, 200, "application/json", s->report.at,
			   s->report.used);
}
