/*
 * The best k postings for a student, and the best k students for a posting:
 * exact, the same list as scoring everything eligible and sorting.
 */
#ifndef MATCHER_RANK_H
#define MATCHER_RANK_H

#include "matcher/align.h"

#include <stddef.h>
#include <stdint.h>

/* Borrowed. Ids are distinct. count <= UINT32_MAX. */
struct match_posting_pool {
	const struct match_posting *at;
	size_t count;
};

struct match_student_pool {
	const struct match_student *at;
	size_t count;
};

/* The place of an entry in the order; published_us is 0 for a student. */
struct match_key {
	uint16_t score;
	int64_t published_us;
	uint8_t id[16];
};

/*
 * Which postings are looked at. Zero throughout: all of them. A posting passes
 * if it passes every member that is set:
 *
 *	kinds		1u << enum match_kind, of the kinds wanted
 *	division	it lies in this area, of any level
 *	pay_fen		its highest pay reaches this; one that states none fails
 *	published_since_us	published then or later
 *	only		bit i of only[i / 64] says that pool->at[i] may pass
 *	after		it comes after this key: the next page
 */
struct match_posting_query {
	unsigned kinds;
	uint32_t division;
	int64_t pay_fen;
	int64_t published_since_us;
	const uint64_t *only;
	const struct match_key *after;
};

/* The same for students; specialty is a code of 6, 4 or 2 digits they have. */
struct match_student_query {
	uint32_t specialty;
	const uint64_t *only;
	const struct match_key *after;
};

struct match_rank_entry {
	uint32_t index; /* into the pool */
	uint16_t score;
	enum match_tier tier;
};

/* at[0..want) is the caller's; count is what was filled. */
struct match_ranking {
	struct match_rank_entry *at;
	size_t want;
	size_t count;
};

/*
 * Rank the postings of a pool for one student, best first.
 *
 * in     all borrowed; query may be NULL: everything passes. A pair that a
 *        rule blocks is left out
 * out    ranking->at[0..count), count = min(want, what passes)
 * ties   score descending, then newest published, then id ascending (as 16
 *        bytes): a strict order, so the pool's own order changes nothing
 * mem    allocates nothing; works in ranking->at
 * from   docs/matching.md, section 2
 */
void match_rank_postings(const struct match_terms *terms,
			 const struct match_student *student,
			 const struct match_posting_pool *pool,
			 const struct match_posting_query *query,
			 struct match_ranking *ranking);

/*
 * Rank the students of a pool for one posting, best first: the same contract.
 *
 * ties   score descending, then id ascending
 */
void match_rank_students(const struct match_terms *terms,
			 const struct match_posting *posting,
			 const struct match_student_pool *pool,
			 const struct match_student_query *query,
			 struct match_ranking *ranking);

/* The key of an entry, to ask for the page after it. */
struct match_key match_posting_key(const struct match_posting_pool *pool,
				   const struct match_rank_entry *entry);
struct match_key match_student_key(const struct match_student_pool *pool,
				   const struct match_rank_entry *entry);

#endif
