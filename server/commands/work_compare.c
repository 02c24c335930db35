/*
 * work_compare.c - a comparison from taken to told: the instance that a run
 * was made of, read back from its document, changed as asked, placed in both
 * modes. Nothing of it is kept but the report.
 */
#include "commands/work_compare.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "commands/work_child.h"
#include "commands/work_lease.h"
#include "matcher/files/comparison_file.h"
#include "matcher/files/instance_file.h"
#include "records/fields.h"

/* Columns of schema/queries/comparison_take.sql. */
enum { CONSORTIUM, ID, ATTEMPT, SETS, VALUES, INSTANCE };

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

static bool read_instance(struct comparing *c, struct match_instance *instance,
			  char sha256[MATCH_SHA256_HEX])
{
	struct match_memory_source memory = {
		rows_text(c->rows, 0, INSTANCE),
		rows_bytes(c->rows, 0, INSTANCE)
	};
	const struct uuid key = uuid_new();
	uint64_t hash_key[2];

	memcpy(hash_key, key.bytes, sizeof(hash_key));
	return match_instance_read(
		(struct match_source){ match_memory_source_read, &memory },
		hash_key, instance, sha256, &c->error);
}

/* Leaves the report, or why there is none. */
static void compare(struct comparing *c)
{
	struct match_report *report = arena_new(c->mem, struct match_report);
	struct match_instance instance;
	struct match_sink sink;

	if (!read_instance(c, &instance, report->sha256_before))
		return;
	read_changes(c);
	if (match_report_make(report, &instance, c->changes, c->change_count,
			      &c->error)) {
		match_sink_init(&sink, write_report, &c->report);
		match_comparison_write(report, &sink);
		must(match_sink_finish(&sink, NULL));
		buf_byte(&c->report, '\0');
		match_report_free(report);
	}
	match_instance_free(&instance);
}

static bool keep(struct comparing *c, struct fault *fault)
{
	const struct lease *l = &c->lease;
	struct rows *rows =
		SYNC_ASK(c->s, fault, SQL_COMPARISON_END, l->consortium, l->id,
			 l->worker, l->attempt,
			 c->report.used ? c->report.at : NULL,
			 c->report.used ? NULL : c->error.text);
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
	bool is_good;

	compare(c);
	/* No memory is no property of what was asked: another may have it. */
	if (!c->report.used && c->error.status == MATCH_NO_MEMORY)
		return fault_set(fault, FAULT_BUSY, "%s", c->error.text);
	is_good = keep(c, fault);
	log_line(is_good ? LOG_INFO : LOG_ERROR, "compared",
		 "comparison=%s attempt=%s changes=%" PRIu32 " bytes=%zu "
		 "ms=%" PRId64 " why=\"%s\"", c->lease.id, c->lease.attempt,
		 c->change_count, c->report.used, clock_ms() - started,
		 c->report.used ? "" : c->error.text);
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

/* In a process of its own, but for its end where that was killed. */
static bool work_through(struct comparing *c, struct fault *fault)
{
	struct child child = { .config = c->lease.config };

	child_begin(&child, compare_in_child, c);
	lease_begin(&c->lease);
	child_wait(&child, &c->lease);
	lease_end(&c->lease);
	if (!child_flaw(&child))
		return true;
	snprintf(c->error.text, sizeof(c->error.text), "%s",
		 child_flaw(&child));
	log_line(LOG_ERROR, "comparison failed", "comparison=%s why=\"%s\"",
		 c->lease.id, c->error.text);
	return keep(c, fault);
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
