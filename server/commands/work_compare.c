/*
 * work_compare.c - a comparison from taken to told: the instance that a run
 * was made of, read back from its document, changed as asked, placed in both
 * modes, in a process of its own that tells how far it is. Nothing of it is
 * kept but the report.
 */
#include "commands/work_compare.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "commands/work_child.h"
#include "commands/work_lease.h"
#include "commands/work_progress.h"
#include "matcher/files/comparison_file.h"
#include "matcher/files/instance_file.h"
#include "records/fields.h"

/* Columns of schema/queries/comparison_take.sql. */
enum { CONSORTIUM, ID, ATTEMPT, SETS, VALUES, RUN };

struct comparing {
	struct sync *s;
	struct lease lease;
	struct rows *rows;	/* what was taken: ids and texts live there */
	struct arena *mem;
	struct match_change *changes;
	uint32_t change_count;
	struct buf report;	/* empty: see error */
	struct match_error error;
};

static bool write_report(void *to, const char *bytes, size_t count)
{
	buf_bytes(to, bytes, count);
	return true;
}

static void read_changes(struct comparing *c)
{
	struct texts sets = texts_from_array(c->mem,
					     rows_text(c->rows, 0, SETS));
	struct texts values = texts_from_array(c->mem,
					       rows_text(c->rows, 0, VALUES));

	must(sets.count == values.count);
	c->changes = arena_array(c->mem, struct match_change, sets.count);
	c->change_count = (uint32_t)sets.count;
	for (size_t i = 0; i < sets.count; i++) {
		c->changes[i].text = values.at[i];
		c->changes[i].kind = MATCH_SET_CAP;
		if (text_same(sets.at[i], "floor"))
			c->changes[i].kind = MATCH_SET_FLOOR;
		else if (text_same(sets.at[i], "capacity"))
			c->changes[i].kind = MATCH_SET_CAPACITY;
	}
}

static bool read_instance(struct comparing *c, const struct rows *rows,
			  struct match_instance *instance,
			  char sha256[MATCH_SHA256_HEX])
{
	struct match_memory_source memory = { rows_text(rows, 0, 0),
					      rows_bytes(rows, 0, 0) };
	const struct uuid key = uuid_new();
	uint64_t hash_key[2];

	memcpy(hash_key, key.bytes, sizeof(hash_key));
	return match_instance_read(
		(struct match_source){ match_memory_source_read, &memory },
		hash_key, instance, sha256, &c->error);
}

static void tell_part(void *to, enum match_report_part part,
		      uint32_t share_mille)
{
	struct progress *p = to;

	if (share_mille == 0)
		progress_phase(p, part == MATCH_PART_AFTER ? PHASE_AFTER :
							     PHASE_BEFORE);
	else
		progress_share(p, share_mille, 1000);
}

/* The report of an instance, or why there is none. */
static void report_on(struct comparing *c, struct match_instance *instance,
		      struct match_report *report)
{
	const struct match_report_watch watch = { tell_part,
						  c->lease.progress };
	struct match_sink sink;

	read_changes(c);
	report->watch = &watch;
	if (!match_report_make(report, instance, c->changes, c->change_count,
			       &c->error))
		return;
	match_sink_init(&sink, write_report, &c->report);
	match_comparison_write(report, &sink);
	must(match_sink_finish(&sink, NULL));
	buf_byte(&c->report, '\0');
	match_report_free(report);
}

/* Leaves the report, or why there is none. The document goes as soon as it is
 * read. */
static bool compare(struct comparing *c, struct fault *fault)
{
	struct match_report *report = arena_new(c->mem, struct match_report);
	struct match_instance instance;
	struct rows *rows;
	bool is_read;

	progress_phase(c->lease.progress, PHASE_READ);
	rows = SYNC_ASK(c->s, fault, SQL_RUN_INSTANCE, c->lease.consortium,
			rows_text(c->rows, 0, RUN));
	if (!rows)
		return false;
	is_read = read_instance(c, rows, &instance, report->sha256_before);
	rows_release(rows);
	if (is_read) {
		report_on(c, &instance, report);
		match_instance_free(&instance);
	}
	/* No memory is no property of what was asked: another may have it. */
	return c->report.used || c->error.status != MATCH_NO_MEMORY ||
	       fault_set(fault, FAULT_BUSY, "%s", c->error.text);
}

/* What it took, where it came to its end. */
struct took {
	const char *ms, *bytes;
};

static bool keep(struct comparing *c, struct took took, struct fault *fault)
{
	const struct lease *l = &c->lease;
	struct rows *rows =
		SYNC_ASK(c->s, fault, SQL_COMPARISON_END, l->consortium, l->id,
			 l->worker, l->attempt,
			 c->report.used ? c->report.at : NULL,
			 c->report.used ? NULL : c->error.text, took.ms,
			 took.bytes);
	bool is_ours = rows && rows_count(rows) == 1;

	if (!rows)
		return false;
	rows_release(rows);
	return is_ours ||
	       fault_set(fault, FAULT_BAD_STATE, "the lease is lost");
}

static bool tell(struct comparing *c, struct fault *fault)
{
	int64_t started = clock_ms();
	char ms[24], bytes[24];
	bool is_good;

	if (!compare(c, fault))
		return false;
	progress_phase(c->lease.progress, PHASE_STORE);
	snprintf(ms, sizeof(ms), "%" PRId64, clock_ms() - started);
	snprintf(bytes, sizeof(bytes), "%" PRId64, child_own_peak());
	is_good = keep(c, (struct took){ ms, bytes }, fault);
	log_line(is_good ? LOG_INFO : LOG_ERROR, "compared",
		 "comparison=%s attempt=%s changes=%" PRIu32 " bytes=%zu "
		 "ms=%s mib=%" PRId64 " why=\"%s\"", c->lease.id,
		 c->lease.attempt, c->change_count, c->report.used, ms,
		 child_own_peak() >> 20, c->report.used ? "" : c->error.text);
	return is_good;
}

static bool compare_in_child(void *arg)
{
	struct comparing *c = arg;
	struct fault fault;
	bool is_good;

	c->s = sync_open(c->lease.config->database_url,
			 "duikou-worker-compare", &fault);
	is_good = c->s && tell(c, &fault);
	sync_close(c->s);
	return is_good;
}

static bool fail_comparison(struct comparing *c, const char *why,
			    struct fault *fault)
{
	snprintf(c->error.text, sizeof(c->error.text), "%s", why);
	log_line(LOG_ERROR, "comparison failed",
		 "comparison=%s attempt=%s why=\"%s\"", c->lease.id,
		 c->lease.attempt, why);
	return keep(c, (struct took){ NULL, NULL }, fault);
}

/* In a process of its own, but for its end where that was killed. */
static bool work_through(struct comparing *c, struct fault *fault)
{
	const struct config *config = c->lease.config;
	struct child child = { .config = config };

	if (strtoll(c->lease.attempt, NULL, 10) > config->run_attempts)
		return fail_comparison(
			c, "begun often, it never came to an end", fault);
	c->lease.progress = progress_open(config->stop_at);
	child_begin(&child, compare_in_child, c);
	lease_begin(&c->lease);
	child_wait(&child, &c->lease);
	lease_end(&c->lease);
	progress_close(c->lease.progress);
	if (child_flaw(&child))
		return fail_comparison(c, child_flaw(&child), fault);
	if (child.end == CHILD_LEASE_LOST)
		log_line(LOG_WARN, "comparison called off",
			 "comparison=%s attempt=%s", c->lease.id,
			 c->lease.attempt);
	return true;
}

bool compare_work(struct sync *s, const struct config *config,
		  const char *worker, bool *is_there, struct fault *fault)
{
	struct comparing c = { .s = s };
	bool is_good = true;
	char lease[24];

	snprintf(lease, sizeof(lease), "%" PRId64, config->lease_ms);
	c.rows = SYNC_ASK(s, fault, SQL_COMPARISON_TAKE, worker, lease);
	if (!c.rows)
		return false;
	*is_there = rows_count(c.rows) == 1;
	if (*is_there) {
		c.mem = arena_open();
		c.lease = (struct lease){
			.config = config, .beat = SQL_COMPARISON_BEAT,
			.consortium = rows_text(c.rows, 0, CONSORTIUM),
			.id = rows_text(c.rows, 0, ID), .worker = worker,
			.attempt = rows_text(c.rows, 0, ATTEMPT),
		};
		is_good = work_through(&c, fault);
		buf_close(&c.report);
		arena_close(c.mem);
	}
	rows_release(c.rows);
	return is_good;
}
