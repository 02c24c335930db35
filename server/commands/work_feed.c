/*
 * work_feed.c - a feed from taken to ended. The document is fetched and read
 * outside of any transaction; all that it changes, and what is kept of the
 * fetch, is one.
 */
#include "commands/work_feed.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "commands/work_lease.h"
#include "records/posting_feed.h"
#include "wire/call.h"

/* Columns of schema/queries/feed_take.sql. */
enum { CONSORTIUM, ID, ATTEMPT, URL, ETAG, LAST_MODIFIED, STARTED_AT };

struct feed_work {
	struct sync *s;
	const struct config *config;
	struct lease lease;
	struct arena *mem;
	const char *consortium, *id, *attempt, *started_at;
	struct calling asked;
	struct called got;
	enum call_flaw flaw;
	struct uuid fetch_id;
	struct job_postings jobs;
	struct buf items, flawed, report_en, report_zh;
	bool all_are_known;
	/* why it failed; NULL: it did not */
	const char *problem, *english, *chinese;
};

/* ---- fetching and reading ---- */

/* Only a document, or that it is as it was, will do. */
static void fetch(struct feed_work *w)
{
	w->flaw = call(w->mem, &w->asked, &w->got);
	if (w->flaw != CALL_GOOD || w->got.status == 200 ||
	    w->got.status == 304)
		return;
	w->flaw = w->got.status / 100 == 3 ? CALL_REDIRECT : CALL_STATUS;
}

static void fail_fetch(struct feed_work *w)
{
	struct call_words words = call_words(w->flaw);

	w->problem = words.word;
	w->english = words.english;
	w->chinese = words.chinese;
	if (w->flaw == CALL_STATUS) {
		w->english = arena_print(w->mem, "%s: %d", words.english,
					 w->got.status);
		w->chinese = arena_print(w->mem, "%s：%d", words.chinese,
					 w->got.status);
	}
}

static void fail_document(struct feed_work *w, enum feed_document_flaw flaw)
{
	static const struct {
		const char *problem, *english, *chinese;
	} said[] = {
		[FEED_DOCUMENT_TYPE] = {
			"wrong-type", "the document is neither JSON-LD nor "
			"JSON Lines by its Content-Type",
			"Content-Type 既不是 JSON-LD 也不是 JSON Lines" },
		[FEED_DOCUMENT_MALFORMED] = {
			"malformed", "the document is no sound JSON",
			"文件不是有效的 JSON" },
		[FEED_DOCUMENT_EMPTY] = {
			"empty", "the document has no JobPosting; nothing was "
			"closed for that",
			"文件中没有 JobPosting，未因此关闭任何岗位" },
		[FEED_DOCUMENT_TOO_MANY] = {
			"too-many", "the document has more than 2,000 postings",
			"文件中的岗位超过 2,000 个" },
	};

	w->problem = said[flaw].problem;
	w->english = said[flaw].english;
	w->chinese = said[flaw].chinese;
}

static bool read_document(struct feed_work *w, struct fault *fault)
{
	struct rows *rows = sync_ask(w->s, SQL_DIVISIONS_ALL, 0, NULL, fault);
	struct division_names divisions;
	struct job_reading reading = { .mem = w->mem, .divisions = &divisions,
				       .needs_ref = true,
				       .most = POSTING_FEED_JOBS_MAX };
	struct feed_document document = {
		w->got.media_type, { w->got.body.at, w->got.body.used } };
	enum feed_document_flaw flaw;

	if (!rows)
		return false;
	buf_byte(&w->got.body, '\0');
	document.text.at = w->got.body.at;
	divisions = division_names_from_rows(w->mem, rows);
	rows_release(rows);
	flaw = feed_document_read(&reading, &document, &w->jobs);
	if (flaw != FEED_DOCUMENT_SOUND) {
		fail_document(w, flaw);
		return true;
	}
	job_postings_write(&w->jobs, &w->items);
	w->all_are_known = job_postings_write_flawed(&w->jobs, &w->flawed);
	return true;
}

/* ---- doing ---- */

static void write_report(const struct feed_work *w, const struct rows *rows,
			 bool is_chinese, struct buf *out)
{
	struct json_writer writer;

	json_begin(&writer, out);
	json_object(&writer);
	job_postings_report(&writer, &w->jobs, rows, is_chinese);
	json_end(&writer);
	buf_byte(out, '\0');
}

static bool apply(struct feed_work *w, struct fault *fault)
{
	char id[UUID_TEXT_BYTES];
	struct rows *rows;

	uuid_text(&w->fetch_id, id);
	rows = SYNC_ASK(w->s, fault, SQL_FEED_APPLY, w->consortium, w->id, id,
			w->items.at, w->flawed.at,
			w->all_are_known ? "true" : "false", w->lease.worker,
			w->attempt);
	if (!rows)
		return false;
	write_report(w, rows, false, &w->report_en);
	write_report(w, rows, true, &w->report_zh);
	rows_release(rows);
	return true;
}

static bool end(struct feed_work *w, struct fault *fault)
{
	char id[UUID_TEXT_BYTES], status[12], bytes[24];
	bool is_ours, is_same = w->got.status == 304;
	struct rows *rows;

	uuid_text(&w->fetch_id, id);
	snprintf(status, sizeof(status), "%d", w->got.status);
	snprintf(bytes, sizeof(bytes), "%zu", w->got.body.used);
	rows = SYNC_ASK(w->s, fault, SQL_FEED_END, w->consortium, id, w->id,
			w->started_at, w->problem ? "failed" : is_same ?
			"not_modified" : "taken", w->got.status ? status : NULL,
			bytes, w->problem, w->english, w->chinese,
			w->report_en.at, w->report_zh.at, w->lease.worker,
			w->attempt, w->got.etag, w->got.last_modified);
	if (!rows)
		return false;
	is_ours = rows_bool(rows, 0, 0);
	rows_release(rows);
	return is_ours ||
	       fault_set(fault, FAULT_BAD_STATE, "the lease is lost");
}

static bool store(struct feed_work *w, struct fault *fault)
{
	bool has_news = !w->problem && w->got.status == 200;

	if (!sync_begin(w->s, fault))
		return false;
	if ((!has_news || apply(w, fault)) && end(w, fault) &&
	    sync_commit(w->s, fault))
		return true;
	sync_rollback(w->s);
	return false;
}

static bool work_through(struct feed_work *w, struct fault *fault)
{
	fetch(w);
	w->fetch_id = uuid_new();
	if (w->flaw != CALL_GOOD)
		fail_fetch(w);
	else if (w->got.status == 200 && !read_document(w, fault))
		return false;
	return store(w, fault);
}

/* ---- taking ---- */

static const char *kept(struct arena *mem, const struct rows *rows, int column)
{
	const char *text = rows_text(rows, 0, column);

	return rows_is_null(rows, 0, column) ?
		       NULL : arena_text(mem, text, strlen(text));
}

static void read_taken(struct feed_work *w, const struct rows *rows)
{
	w->consortium = kept(w->mem, rows, CONSORTIUM);
	w->id = kept(w->mem, rows, ID);
	w->attempt = kept(w->mem, rows, ATTEMPT);
	w->started_at = kept(w->mem, rows, STARTED_AT);
	w->asked = (struct calling){
		.url = kept(w->mem, rows, URL),
		.etag = kept(w->mem, rows, ETAG),
		.last_modified = kept(w->mem, rows, LAST_MODIFIED),
		.accept = "application/ld+json, application/json;q=0.9, "
			  "application/x-ndjson;q=0.8",
		.reach = w->config->feed_near ? CALL_NEAR : CALL_WEB,
		.deadline_ms = w->config->feed_ms,
		.most_bytes = (size_t)w->config->feed_bytes,
	};
	w->lease.consortium = w->consortium;
	w->lease.id = w->id;
	w->lease.attempt = w->attempt;
}

static bool do_feed(struct feed_work *w, struct fault *fault)
{
	int64_t started = clock_ms();
	bool is_good;

	lease_begin(&w->lease);
	is_good = work_through(w, fault);
	lease_end(&w->lease);
	if (is_good)
		log_line(LOG_INFO, "feed fetched",
			 "feed=%s attempt=%s status=%d bytes=%zu postings=%zu "
			 "problem=%s ms=%" PRId64, w->id, w->attempt,
			 w->got.status, w->got.body.used, w->jobs.count,
			 w->problem ? w->problem : "none",
			 clock_ms() - started);
	else
		log_line(LOG_ERROR, "feed failed",
			 "feed=%s attempt=%s why=\"%s\" sqlstate=%s", w->id,
			 w->attempt, fault->detail, fault->sqlstate);
	return is_good;
}

static void close_work(struct feed_work *w)
{
	buf_close(&w->got.body);
	buf_close(&w->items);
	buf_close(&w->flawed);
	buf_close(&w->report_en);
	buf_close(&w->report_zh);
	arena_close(w->mem);
}

bool feed_work(struct sync *s, const struct config *config,
	       const char *worker, bool *is_there, struct fault *fault)
{
	struct feed_work w = {
		.s = s, .config = config,
		.lease = { .config = config, .beat = SQL_FEED_BEAT,
			   .worker = worker },
	};
	char lease[24], spacing[24];
	struct rows *rows;
	bool is_good;

	*is_there = false;
	snprintf(lease, sizeof(lease), "%" PRId64, config->lease_ms);
	snprintf(spacing, sizeof(spacing), "%" PRId64, config->feed_spacing_s);
	rows = SYNC_ASK(s, fault, SQL_FEED_TAKE, worker, lease, spacing);
	if (!rows)
		return false;
	*is_there = rows_count(rows) == 1;
	w.mem = arena_open();
	if (*is_there)
		read_taken(&w, rows);
	rows_release(rows);
	is_good = !*is_there || do_feed(&w, fault);
	close_work(&w);
	return is_good;
}
