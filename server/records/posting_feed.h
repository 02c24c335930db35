/*
 * posting_feed.h - where an enterprise's system lists its postings, and what
 * became of the last times that it was fetched.
 *
 * from  docs/postings.md, "Feeds"; schema/migrations/0034_job_postings.sql
 */
#ifndef RECORDS_POSTING_FEED_H
#define RECORDS_POSTING_FEED_H

#include "records/fields.h"
#include "records/job_posting.h"

struct posting_feed {
	const char *url;
	int64_t interval_minutes, open_days;	/* INT_NONE: the usual */
	bool publishes, is_paused;
};

extern const struct field posting_feed_shape[];

enum { POSTING_FEED_INTERVAL_USUAL = 360, POSTING_FEED_OPEN_USUAL = 30,
       POSTING_FEED_JOBS_MAX = 2000 };

/* The columns of feed_by_id.sql, feed_fetches_list.sql and
 * feed_fetch_by_id.sql that endpoints read. */
enum { POSTING_FEED_VERSION_COLUMN = 11, FEED_FETCH_ID_COLUMN = 0 };

void posting_feed_write(struct json_writer *w, const struct rows *rows,
			int row);
void feed_fetch_write(struct json_writer *w, const struct rows *rows, int row);
/* With the report, which only feed_fetch_by_id.sql has. */
void feed_fetch_write_whole(struct json_writer *w, const struct rows *rows,
			    int row);

/* Why a document that came is none of postings. */
enum feed_document_flaw { FEED_DOCUMENT_SOUND, FEED_DOCUMENT_TYPE,
			  FEED_DOCUMENT_MALFORMED, FEED_DOCUMENT_EMPTY,
			  FEED_DOCUMENT_TOO_MANY };

/*
 * The postings of a document: JSON-LD, or JSON Lines of it.
 *
 * in    media_type may be NULL: none was said; behind the text is a NUL
 */
struct feed_document {
	const char *media_type;
	struct tree_text text;
};
enum feed_document_flaw feed_document_read(const struct job_reading *reading,
					   const struct feed_document *document,
					   struct job_postings *into);

#endif
