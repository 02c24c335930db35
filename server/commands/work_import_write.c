/*
 * work_import_write.c - sound rows, batch by batch: the kind's own statement
 * says, or does, what becomes of each; what it said is kept with the rows.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "commands/work_import.h"
#include "commands/work_import_pairs.h"

enum { TRIES_MAX = 3 };

/* Columns of schema/queries/import_rows_sound.sql. */
enum { VALUES, COUNT, LAST };

struct batch {
	struct import_work *w;
	struct fault *fault;
	bool writes;
	bool is_last_word;	/* what becomes of a sound row is settled */
	char after[24];		/* n of the last row before */
	bool is_there;		/* there was another row */
	struct buf marks;
	struct judged_pairs pairs;	/* of a kind that is of pairs */
	int done, rejected;
	char last[24];		/* n of the last row at hand */
};

static struct import_answer answer_of(const struct import_work *w,
				      const struct rows *rows, int i)
{
	return (struct import_answer){
		w->is_dry, w->is_upsert,
		rows_bool(rows, i, IMPORT_IS_KNOWN_COLUMN),
		rows_bool(rows, i, IMPORT_IS_NEW_COLUMN),
		rows_bool(rows, i, IMPORT_IS_CHANGED_COLUMN)
	};
}

static void add_flaw(struct flaws *found, const struct flaw *why)
{
	flaws_add(found, why->where, why->code, why->english, why->chinese);
}

static void find_flaws(const struct import_work *w, const struct rows *rows,
		       int i, struct flaws *found)
{
	const struct flaw *const *refusals = w->kind->refusals;

	for (int k = 0; refusals[k]; k++)
		if (rows_bool(rows, i, IMPORT_REFUSALS_COLUMN + k))
			add_flaw(found, refusals[k]);
	if (!w->is_dry && !w->is_upsert &&
	    rows_bool(rows, i, IMPORT_IS_KNOWN_COLUMN))
		add_flaw(found, w->kind->known);
}

static void mark_row(struct batch *b, struct json_writer *out,
		     const struct rows *rows, int i)
{
	struct import_answer answer = answer_of(b->w, rows, i);
	struct arena *mem = arena_open();
	enum import_status status;
	struct flaws found;

	flaws_init(&found, mem);
	find_flaws(b->w, rows, i, &found);
	status = found.count ? IMPORT_REJECTED :
		 b->is_last_word ? import_status_of(&answer) : IMPORT_SOUND;
	json_object(out);
	json_member_int(out, "n", rows_int(rows, i, IMPORT_N_COLUMN));
	json_member_text(out, "status", import_status_words[status]);
	json_member_text(out, "id", rows_is_null(rows, i, IMPORT_ID_COLUMN) ?
			 NULL : rows_text(rows, i, IMPORT_ID_COLUMN));
	json_key(out, "errors");
	import_errors_write(out, &found);
	json_end(out);
	b->done++;
	b->rejected += found.count > 0;
	arena_close(mem);
}

/* What the matcher refused goes with what the statement says. */
static void mark_refused(struct batch *b, struct json_writer *out)
{
	struct judged_pairs *pairs = &b->pairs;

	if (!pairs->refused_count)
		return;
	/* Its array without the brackets. */
	json_raw(out, pairs->refused.at + 1, pairs->refused.used - 2);
	b->done += pairs->refused_count;
	b->rejected += pairs->refused_count;
}

static bool mark_rows(struct batch *b, const struct rows *rows)
{
	char done[16], rejected[16];
	struct json_writer out;

	b->done = b->rejected = 0;
	buf_clear(&b->marks);
	json_begin(&out, &b->marks);
	json_array(&out);
	mark_refused(b, &out);
	for (int i = 0; i < rows_count(rows); i++)
		mark_row(b, &out, rows, i);
	json_end(&out);
	buf_byte(&b->marks, '\0');
	snprintf(done, sizeof(done), "%d", b->done);
	snprintf(rejected, sizeof(rejected), "%d", b->rejected);
	return import_work_tell(b->w, SQL_IMPORT_ROWS_MARK,
				(const char *[]){ b->marks.at, done, rejected,
						  b->after, b->last },
				NULL, b->fault);
}

static bool do_rows(struct batch *b, const char *values)
{
	struct import_work *w = b->w;
	struct rows *rows;
	bool is_good;

	if (w->kind->is_of_pairs) {
		if (!import_judge_pairs(w, values, &b->pairs, b->fault))
			return false;
		values = b->pairs.sound.at;
	}
	rows = SYNC_ASK(w->s, b->fault, w->kind->write, w->consortium,
			*w->owner ? w->owner : NULL, w->account, values,
			b->writes ? "t" : "f", w->is_upsert ? "t" : "f");
	if (!rows)
		return false;
	is_good = mark_rows(b, rows);
	rows_release(rows);
	/* Somebody came in between: nothing of this batch was written. */
	if (is_good && b->writes && !w->is_upsert && b->rejected)
		return fault_set(b->fault, FAULT_CONFLICT,
				 "a row is no longer sound");
	return is_good;
}

/* One batch, within a transaction that the caller ends. */
static bool do_batch(struct batch *b)
{
	char limit[16];
	struct rows *rows;
	bool is_good = true;

	if (lease_is_lost(&b->w->lease))
		return fault_set(b->fault, FAULT_BAD_STATE,
				 "the lease is lost");
	snprintf(limit, sizeof(limit), "%d", IMPORT_BATCH_ROWS);
	rows = SYNC_ASK(b->w->s, b->fault, SQL_IMPORT_ROWS_SOUND,
			b->w->consortium, b->w->id, b->after, limit);
	if (!rows)
		return false;
	b->is_there = !rows_is_null(rows, 0, VALUES);
	if (b->is_there) {
		snprintf(b->last, sizeof(b->last), "%" PRId64,
			 rows_int(rows, 0, LAST));
		is_good = do_rows(b, rows_text(rows, 0, VALUES));
	}
	if (b->is_there && is_good)
		memcpy(b->after, b->last, sizeof(b->after));
	rows_release(rows);
	return is_good;
}

static bool is_worth_a_try(const struct fault *fault)
{
	return fault->kind != FAULT_NO_DATABASE &&
	       fault->kind != FAULT_OUTCOME_UNKNOWN &&
	       fault->kind != FAULT_BAD_STATE;
}

/* Two imports of the same rows may meet in a deadlock: one tries again. */
static bool commit_batch(struct batch *b)
{
	for (int tries = 1; ; tries++) {
		bool is_begun = sync_begin(b->w->s, b->fault);

		if (is_begun && do_batch(b))
			return sync_commit(b->w->s, b->fault);
		if (is_begun)
			sync_rollback(b->w->s);
		if (!is_begun || tries == TRIES_MAX ||
		    !is_worth_a_try(b->fault))
			return false;
	}
}

static void close_batch(struct batch *b)
{
	buf_close(&b->marks);
	judged_pairs_close(&b->pairs);
}

static bool commit_batches(struct batch *b)
{
	bool is_good;

	do {
		is_good = commit_batch(b);
	} while (is_good && b->is_there);
	close_batch(b);
	return is_good;
}

bool import_work_check(struct import_work *w, struct fault *fault)
{
	struct batch b = { .w = w, .fault = fault, .is_last_word = w->is_dry,
			   .after = "-1" };

	return commit_batches(&b);
}

static bool write_upsert(struct import_work *w, struct fault *fault)
{
	struct batch b = { .w = w, .fault = fault, .writes = true,
			   .is_last_word = true, .after = "-1" };

	return commit_batches(&b) && import_work_end(w, fault);
}

static bool write_all(struct import_work *w, struct fault *fault)
{
	struct batch b = { .w = w, .fault = fault, .writes = true,
			   .is_last_word = true, .after = "-1" };
	bool is_good;

	if (!sync_begin(w->s, fault))
		return false;
	do {
		is_good = do_batch(&b);
	} while (is_good && b.is_there);
	close_batch(&b);
	if (is_good && import_work_end(w, fault))
		return sync_commit(w->s, fault);
	sync_rollback(w->s);
	return false;
}

bool import_work_write(struct import_work *w, struct fault *fault)
{
	struct rows *rows;

	if (!import_work_tell(w, SQL_IMPORT_PHASE,
			      (const char *[]){ w->is_upsert ? "f" : "t" },
			      &rows, fault))
		return false;
	rows_release(rows);
	return w->is_upsert ? write_upsert(w, fault) : write_all(w, fault);
}
