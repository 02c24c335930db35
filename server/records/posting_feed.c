/* posting_feed.c - see posting_feed.h. */
#include "records/posting_feed.h"

#include <string.h>

#include "base/text.h"
#include "records/members.h"

enum { REPORT_COLUMN = 9, VALUES_MAX = 400000, LINE_VALUES_MAX = 10000 };

const struct field posting_feed_shape[] = {
	TEXT(struct posting_feed, url, 9, 2000, REQUIRED | TRIMMED | ONE_LINE),
	INT(struct posting_feed, interval_minutes, 15, 10080, NULLABLE),
	INT(struct posting_feed, open_days, 1, 180, NULLABLE),
	BOOL(struct posting_feed, publishes, OPTIONAL),
	BOOL(struct posting_feed, is_paused, OPTIONAL),
	END_OF_FIELDS
};

static const struct member feed_members[] = {
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "url" },
	{ MEMBER_INT, "interval_minutes" },
	{ MEMBER_BOOL, "publishes" },
	{ MEMBER_INT, "open_days" },
	{ MEMBER_BOOL, "is_paused" },
	{ MEMBER_TIME, "next_fetch_at" },
	{ MEMBER_INT, "failures" },
	{ MEMBER_BOOL, "is_fetching" },
	{ MEMBER_TIME, "last_fetch_at" },
	{ MEMBER_TEXT, "last_outcome" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

static const struct member fetch_members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_TIME, "started_at" },
	{ MEMBER_TIME, "ended_at" },
	{ MEMBER_TEXT, "outcome" },
	{ MEMBER_INT, "status" },
	{ MEMBER_INT, "bytes" },
	{ MEMBER_TEXT, "problem" },
	{ MEMBER_TEXT, "detail" },
	{ MEMBER_JSON, "counts" },
	{ MEMBER_END, NULL }
};

void posting_feed_write(struct json_writer *w, const struct rows *rows,
			int row)
{
	json_object(w);
	members_write(w, feed_members, rows, row);
	json_end(w);
}

void feed_fetch_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, fetch_members, rows, row);
	json_end(w);
}

void feed_fetch_write_whole(struct json_writer *w, const struct rows *rows,
			    int row)
{
	json_object(w);
	members_write(w, fetch_members, rows, row);
	member_json(w, "report", CELL(rows, row, REPORT_COLUMN));
	json_end(w);
}

/* ---- documents ---- */

static bool is_among(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (text_same(word, *words))
			return true;
	return false;
}

static bool read_whole(const struct job_reading *reading,
		       struct tree_text text, struct job_postings *into)
{
	const struct tree *tree;
	const char *why;

	if (!tree_read(reading->mem, text, VALUES_MAX, &tree, &why))
		return false;
	job_postings_read(reading, tree, into);
	return true;
}

/* One value a line; empty lines are none. */
static bool read_lines(const struct job_reading *reading,
		       struct tree_text text, struct job_postings *into)
{
	const char *at = text.at, *end = text.at + text.bytes;

	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t bytes = (size_t)((newline ? newline : end) - at);
		const struct tree *tree;
		const char *why;

		if (strspn(at, " \t\r") < bytes) {
			if (!tree_read(reading->mem,
				       (struct tree_text){ at, bytes },
				       LINE_VALUES_MAX, &tree, &why))
				return false;
			job_postings_read(reading, tree, into);
		}
		at += bytes + (newline != NULL);
	}
	return true;
}

enum feed_document_flaw feed_document_read(const struct job_reading *reading,
					   const struct feed_document *document,
					   struct job_postings *into)
{
	static const char *const whole[] = { "application/ld+json",
					     "application/json", NULL };
	static const char *const lines[] = { "application/x-ndjson",
					     "application/jsonl",
					     "application/x-jsonlines",
					     NULL };
	const char *type = document->media_type ? document->media_type : "";
	bool is_lines = is_among(type, lines), is_read;

	if (!is_lines && !is_among(type, whole))
		return FEED_DOCUMENT_TYPE;
	is_read = is_lines ? read_lines(reading, document->text, into) :
			     read_whole(reading, document->text, into);
	if (!is_read)
		return FEED_DOCUMENT_MALFORMED;
	if (into->count == 0)
		return FEED_DOCUMENT_EMPTY;
	return into->count == reading->most && into->others ?
		       FEED_DOCUMENT_TOO_MANY : FEED_DOCUMENT_SOUND;
}
