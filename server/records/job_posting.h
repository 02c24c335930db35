/*
 * job_posting.h - postings in the words of schema.org, read: what of a
 * JobPosting is a posting of ours, what was assumed, and what was left.
 *
 * from  schema.org/JobPosting; docs/postings.md, "JobPosting in"
 */
#ifndef RECORDS_JOB_POSTING_H
#define RECORDS_JOB_POSTING_H

#include "base/buf.h"
#include "records/division_names.h"
#include "records/posting.h"
#include "wire/rows.h"
#include "wire/tree.h"

/* What the server itself gives out that schema.org has no words for, and the
 * system of an identifier that is a posting's own id. */
#define JOB_POSTING_EXTENSION "urn:duikou:posting"
#define JOB_POSTING_OWN_SYSTEM "duikou"

struct job_posting {
	size_t index;			/* in the document, from 0 */
	struct uuid id;			/* for a new one */
	struct posting posting;		/* settled */
	const char *date_posted, *valid_through;	/* RFC 3339, or NULL */
	const char *tax_id;		/* of the hiring organization */
	struct texts taken;		/* members that were understood */
	struct flaws assumed, left;	/* by member, with the reason */
	struct flaws flaws;		/* why it can be no draft */
	struct flaws barred;		/* ... and none that is published */
};

struct job_postings {
	struct job_posting *at;
	size_t count;
	size_t others;			/* nodes that are no JobPosting */
};

/*
 * The JobPostings of a document: one, an array, an @graph.
 *
 * in    divisions are borrowed; needs_ref: one without a name of its own is
 *       flawed
 * out   those behind the most are counted as others
 */
struct job_reading {
	struct arena *mem;
	const struct division_names *divisions;
	bool needs_ref;
	size_t most;			/* of all documents read into one */
};
void job_postings_read(const struct job_reading *reading,
		       const struct tree *document,
		       struct job_postings *into);

/* Those without flaws as the rows of job_postings_take.sql: a JSON array. */
void job_postings_write(const struct job_postings *jobs, struct buf *out);

/* The references of those with flaws, a JSON array. false: one has none, so
 * that nobody can tell which posting it is. */
bool job_postings_write_flawed(const struct job_postings *jobs,
			       struct buf *out);

/*
 * What became of them: the members items and counts, into the open object; of
 * a feed (feed_apply.sql) also closed, what it lists no longer.
 *
 * in    rows: the answer of job_postings_take.sql or feed_apply.sql
 */
void job_postings_report(struct json_writer *w,
			 const struct job_postings *jobs,
			 const struct rows *rows, bool is_chinese);

#endif
