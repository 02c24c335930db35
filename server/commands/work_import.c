/*
 * work_import.c - an import from taken to ended. Each step can be done again
 * by another worker from what is in PostgreSQL: where this one died, that one
 * goes on (schema/migrations, "import.phase").
 */
#include "commands/work_import.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "records/school.h"

/* A file that ends worker after worker is given up. */
enum { ATTEMPTS_MAX = 5, TRIES_MAX = 3, PARAMS_MAX = 10 };

/* Columns of schema/queries/import_take.sql. */
enum { CONSORTIUM, ID, ATTEMPT, KIND, MODE, MEDIA_TYPE, LETS_OTHERS_BE, OWNER,
       ACCOUNT, PHASE, SCHOOL_KIND, SHEET, MAPPING };

bool import_work_tell(struct import_work *w, enum sql_id sql,
		      const char *const *more, struct rows **rows,
		      struct fault *fault)
{
	const char *params[PARAMS_MAX] = { w->consortium, w->id,
					   w->lease.worker, w->attempt };
	int count = sql_texts[sql].param_count;
	struct rows *answer;

	must(count >= 4 && count <= PARAMS_MAX && (more || count == 4));
	for (int i = 4; i < count; i++)
		params[i] = more[i - 4];
	answer = sync_ask(w->s, sql, count, params, fault);
	if (!answer)
		return false;
	if (rows_count(answer) == 0) {
		rows_release(answer);
		return fault_set(fault, FAULT_BAD_STATE, "the lease is lost");
	}
	if (rows)
		*rows = answer;
	else
		rows_release(answer);
	return true;
}

bool import_work_end(struct import_work *w, struct fault *fault)
{
	return import_work_tell(w, SQL_IMPORT_END, NULL, NULL, fault);
}

/* Its file is none, or it cannot be done. */
static bool fail_import(struct import_work *w, struct fault *fault)
{
	struct buf text = { 0 };
	struct json_writer writer;
	bool is_good;

	json_begin(&writer, &text);
	import_errors_write(&writer, &w->file);
	buf_byte(&text, '\0');
	is_good = import_work_tell(w, SQL_IMPORT_FAIL,
				   (const char *[]){ text.at }, NULL, fault);
	buf_close(&text);
	return is_good;
}

static bool check_attempts(struct import_work *w)
{
	int64_t attempt;

	must(text_to_int(w->attempt, &attempt));
	if (attempt <= ATTEMPTS_MAX)
		return true;
	flaws_add(&w->file, "", "abandoned",
		  "was given up after five workers had failed at it",
		  "已有五个处理进程未能完成，不再重试");
	return false;
}

/* Of all or nothing: what came in between is found by checking again. */
static bool check_and_write(struct import_work *w, struct fault *fault)
{
	for (int tries = 1; ; tries++) {
		if (!import_work_check(w, fault))
			return false;
		if (import_work_write(w, fault))
			return true;
		if (fault->kind != FAULT_CONFLICT || tries == TRIES_MAX)
			return false;
	}
}

static bool work_through(struct import_work *w, struct fault *fault)
{
	if (!check_attempts(w))
		return fail_import(w, fault);
	if (text_same(w->phase, "reading")) {
		if (!import_work_read(w, fault))
			return false;
		if (w->file.count)
			return fail_import(w, fault);
	}
	if (w->is_dry)
		return import_work_check(w, fault) &&
		       import_work_end(w, fault);
	if (w->is_upsert)
		return import_work_write(w, fault);
	return check_and_write(w, fault);
}

static void copy_text(char *out, size_t room, const struct rows *rows,
		      int column)
{
	const char *text = rows_text(rows, 0, column);

	must(strlen(text) < room);
	memcpy(out, text, strlen(text) + 1);
}

/* The request has looked at it. */
static void read_mapping(struct import_work *w, const char *json)
{
	struct flaws flaws;

	flaws_init(&flaws, w->mem);
	if (*json)
		specialty_mapping_read(&w->mapping, json, &flaws);
	must(!flaws.count);
}

static void read_taken(struct import_work *w, const struct rows *rows)
{
	const char *mode = rows_text(rows, 0, MODE);

	copy_text(w->consortium, sizeof(w->consortium), rows, CONSORTIUM);
	copy_text(w->id, sizeof(w->id), rows, ID);
	copy_text(w->owner, sizeof(w->owner), rows, OWNER);
	copy_text(w->account, sizeof(w->account), rows, ACCOUNT);
	copy_text(w->attempt, sizeof(w->attempt), rows, ATTEMPT);
	copy_text(w->media_type, sizeof(w->media_type), rows, MEDIA_TYPE);
	copy_text(w->phase, sizeof(w->phase), rows, PHASE);
	w->kind = import_kind_of(rows_text(rows, 0, KIND));
	must(w->kind != NULL);
	w->is_dry = text_same(mode, "dry_run");
	w->is_upsert = text_same(mode, "upsert");
	w->lets_others_be = rows_bool(rows, 0, LETS_OTHERS_BE);
	copy_text(w->school_kind, sizeof(w->school_kind), rows, SCHOOL_KIND);
	w->level = *w->school_kind ? school_level(w->school_kind) : "";
	w->sheet = arena_text(w->mem, rows_text(rows, 0, SHEET),
			      rows_bytes(rows, 0, SHEET));
	read_mapping(w, rows_text(rows, 0, MAPPING));
	w->lease.consortium = w->consortium;
	w->lease.id = w->id;
	w->lease.attempt = w->attempt;
}

static void log_end(const struct import_work *w, const struct fault *fault,
		    int64_t ms)
{
	if (!fault)
		log_line(LOG_INFO, "import ended",
			 "import=%s attempt=%s flaws=%d ms=%" PRId64, w->id,
			 w->attempt, w->file.count, ms);
	else
		log_line(LOG_ERROR, "import failed",
			 "import=%s attempt=%s why=\"%s\" sqlstate=%s", w->id,
			 w->attempt, fault->detail, fault->sqlstate);
}

static bool do_import(struct import_work *w, struct fault *fault)
{
	int64_t started = clock_ms();
	bool is_good;

	log_line(LOG_INFO, "import taken", "import=%s attempt=%s kind=%s",
		 w->id, w->attempt, w->kind->word);
	lease_begin(&w->lease);
	is_good = work_through(w, fault);
	lease_end(&w->lease);
	log_end(w, is_good ? NULL : fault, clock_ms() - started);
	return is_good;
}

bool import_work(struct sync *s, const struct config *config,
		 const char *worker, bool *is_there, struct fault *fault)
{
	struct import_work w = {
		.s = s,
		.lease = { .config = config, .beat = SQL_IMPORT_BEAT,
			   .worker = worker }
	};
	char lease[24];
	struct rows *rows;
	bool is_good;

	*is_there = false;
	snprintf(lease, sizeof(lease), "%" PRId64, config->lease_ms);
	rows = SYNC_ASK(s, fault, SQL_IMPORT_TAKE, worker, lease);
	if (!rows)
		return false;
	*is_there = rows_count(rows) == 1;
	w.mem = arena_open();
	flaws_init(&w.file, w.mem);
	if (*is_there)
		read_taken(&w, rows);
	rows_release(rows);
	is_good = !*is_there || do_import(&w, fault);
	arena_close(w.mem);
	return is_good;
}
