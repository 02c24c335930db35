/*
 * The candidate lists of a whole round: every student's best postings, exact,
 * by any number of threads with the same outcome.
 */
#ifndef MATCHER_BATCH_H
#define MATCHER_BATCH_H

#include "matcher/error.h"
#include "matcher/rank.h"

#define MATCH_BATCH_THREADS_MAX 64

/* Borrowed. thread_count 0 counts as 1. */
struct match_batch_order {
	struct match_terms terms;
	struct match_student_pool students;
	struct match_posting_pool postings;
	uint32_t want; /* of postings per student */
	uint32_t thread_count;
};

/* The list of student s: at[s * want..s * want + count[s]), best first. */
struct match_batch {
	uint32_t want;
	uint32_t *count;
	struct match_rank_entry *at;
};

/*
 * in     all as match_rank_postings wants it; students and postings keep to the
 *        limits of index.h
 * out    each list is that of match_rank_postings for the student, without a
 *        query; *batch is the caller's to free
 * fails  MATCH_TOO_LARGE, MATCH_NO_MEMORY; there is then nothing to free
 * from   docs/ranking.md
 */
bool match_batch(const struct match_batch_order *order,
		 struct match_batch *batch,
		 struct match_error *error) MATCH_MUST_CHECK;

void match_batch_free(struct match_batch *batch);

#endif
