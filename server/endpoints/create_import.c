/*
 * POST /v1/imports - a school's students from its spreadsheet. Reading and
 * reporting are the pool's; all that is written is one statement's.
 */
#include <string.h>

#include "base/text.h"
#include "endpoints/student_import.h"
#include "endpoints/student_steps.h"
#include "records/school.h"

enum { FILE_MAX_BYTES = 16 * 1024 * 1024, IMPORT_DEADLINE_MS = 25000 };

struct import_query {
	const char *kind, *mode, *unknown_columns;
};

struct importing {
	struct student_import import;
	struct buf report;
};

static const char *const kind_words[] = { "students", NULL };
static const char *const mode_words[] = { "all_or_nothing", "upsert",
					  "dry_run", NULL };
static const char *const unknown_words[] = { "refuse", "ignore", NULL };

static const struct field query_shape[] = {
	ENUM(struct import_query, kind, kind_words, REQUIRED),
	ENUM(struct import_query, mode, mode_words, REQUIRED),
	ENUM(struct import_query, unknown_columns, unknown_words, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_school, find_catalogue, read_file, write_students,
	report, reply_report;

const struct endpoint create_import = {
	.operation = "createImport",
	.method = "POST",
	.path = "/v1/imports",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.deadline_ms = IMPORT_DEADLINE_MS,
	.state_bytes = sizeof(struct importing),
	.body_max_bytes = FILE_MAX_BYTES,
	.media_type = "text/csv",
	.query = query_shape,
	.query_bytes = sizeof(struct import_query),
	.steps = { find_school, find_catalogue, read_file, write_students,
		   report, reply_report },
};

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
	s->import.lets_others_be = q->unknown_columns &&
				   text_same(q->unknown_columns, "ignore");
	s->import.level = school_level(arena_text(f->mem, kind,
						  strlen(kind)));
	return ask(f, SQL_SPECIALTIES_ALL);
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

static void close_report(void *report)
{
	buf_close(report);
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
