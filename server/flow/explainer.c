/*
 * explainer.c - see explainer.h. What is kept belongs to the one thread that
 * explains, so nothing here is locked; a run's documents never change, so it
 * never grows stale.
 */
#include "flow/explainer.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "matcher/files/instance_file.h"
#include "matcher/files/result_file.h"
#include "wire/db_sync.h"

struct explained {
	struct uuid consortium, run;	/* nil: nothing is kept here */
	struct match_instance instance;
	struct match_result result;
	struct match_why why;
	uint64_t asked_at;		/* the least went unasked longest */
};

struct explainer {
	const struct config *config;
	struct sync *s;			/* NULL: not connected */
	uint64_t turn;
	int64_t count;
	struct explained *kept;		/* count of them */
};

struct explainer *explainer_open(const struct config *config)
{
	struct explainer *e = mem_zeroed(1, sizeof(*e));

	e->config = config;
	e->count = config->explained_runs;
	e->kept = mem_zeroed((size_t)e->count, sizeof(*e->kept));
	return e;
}

static void forget(struct explained *one)
{
	match_why_free(&one->why);
	match_result_free(&one->result);
	match_instance_free(&one->instance);
	*one = (struct explained){ .asked_at = 0 };
}

void explainer_close(struct explainer *e)
{
	if (!e)
		return;
	for (int64_t i = 0; i < e->count; i++)
		forget(&e->kept[i]);
	sync_close(e->s);
	mem_free(e->kept);
	mem_free(e);
}

/* ---- reading ---- */

static struct match_source source_of(struct match_memory_source *memory)
{
	return (struct match_source){ match_memory_source_read, memory };
}

static bool read_both(struct explained *one, const struct rows *rows,
		      struct match_error *error)
{
	struct match_memory_source instance = { rows_text(rows, 0, 0),
						rows_bytes(rows, 0, 0) };
	struct match_memory_source result = { rows_text(rows, 0, 1),
					      rows_bytes(rows, 0, 1) };
	const struct uuid key = uuid_new();
	char sha256[MATCH_SHA256_HEX];
	uint64_t hash_key[2];

	memcpy(hash_key, key.bytes, sizeof(hash_key));
	return match_instance_read(source_of(&instance), hash_key,
				   &one->instance, sha256, error) &&
	       match_result_read(source_of(&result), &one->instance,
				 &one->result, error) &&
	       match_why_init(&one->why, &one->instance, &one->result, error);
}

/* A connection that was idle may have gone; a fresh one is tried once. */
static struct rows *ask(struct explainer *e, const char *consortium,
			const char *run, struct fault *fault)
{
	for (int tries = 0; tries < 2; tries++) {
		struct rows *rows;

		if (!e->s)
			e->s = sync_open(e->config->database_url,
					 "duikou-explainer", fault);
		if (!e->s)
			return NULL;
		rows = SYNC_ASK(e->s, fault, SQL_RUN_FILES, consortium, run);
		if (rows)
			return rows;
		sync_close(e->s);
		e->s = NULL;
	}
	return NULL;
}

static bool load(struct explainer *e, struct explained *one,
		 struct fault *fault)
{
	struct match_error error = { .text = "" };
	char consortium[UUID_TEXT_BYTES], run[UUID_TEXT_BYTES];
	int64_t started = clock_ms();
	struct rows *rows;
	bool is_good;

	uuid_text(&one->consortium, consortium);
	uuid_text(&one->run, run);
	rows = ask(e, consortium, run, fault);
	if (!rows)
		return false;
	is_good = rows_count(rows) == 1 && read_both(one, rows, &error);
	log_line(is_good ? LOG_INFO : LOG_ERROR, "run read",
		 "run=%s students=%" PRIu32 " ms=%" PRId64 " why=\"%s\"", run,
		 one->instance.students.count, clock_ms() - started,
		 error.text);
	rows_release(rows);
	return is_good ||
	       fault_set(fault, FAULT_BUG, "explaining: %s", error.text);
}

const struct match_why *explainer_run(struct explainer *e,
				      const struct uuid *consortium,
				      const struct uuid *run,
				      struct fault *fault)
{
	struct explained *oldest = &e->kept[0];

	e->turn++;
	for (int64_t i = 0; i < e->count; i++) {
		struct explained *one = &e->kept[i];

		if (uuid_same(&one->run, run) &&
		    uuid_same(&one->consortium, consortium)) {
			one->asked_at = e->turn;
			return &one->why;
		}
		if (one->asked_at < oldest->asked_at)
			oldest = one;
	}
	forget(oldest);
	oldest->consortium = *consortium;
	oldest->run = *run;
	oldest->asked_at = e->turn;
	if (load(e, oldest, fault))
		return &oldest->why;
	forget(oldest);
	return NULL;
}
