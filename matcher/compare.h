/*
 * Outcomes side by side: the two modes on one instance, or before and after a
 * change of it.
 *
 * from   docs/placement.md, "Comparisons"
 */
#ifndef MATCHER_COMPARE_H
#define MATCHER_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/blocking.h"
#include "matcher/error.h"
#include "matcher/instance.h"
#include "matcher/margin.h"
#include "matcher/result.h"

enum match_mode {
	MATCH_STABLE,
	MATCH_OPTIMAL,
	MATCH_MODES,
};

/* "stable", "optimal" */
const char *match_mode_word(enum match_mode mode);

/*
 * Places on a list, and lengths of lists, in buckets: 0 (nothing), 1, 2 .. 10
 * each by itself, then wider ones up to MATCH_CHOICES_EACH_MAX.
 */
#define MATCH_BUCKETS 16u
struct match_bucket {
	uint32_t first, last;
};
struct match_bucket match_bucket_at(uint32_t bucket);

/* The students whose lists are of some length. */
struct match_listers {
	uint32_t placed;
	uint32_t at_first; /* who got their first choice */
	int64_t score;
};

/* A root group, and the tree of groups that it is the root of. */
struct match_root {
	uint32_t group, lower, upper; /* upper: or MATCH_NO_CAP */
	uint32_t placed;
	int64_t shortfall; /* over the tree; over all roots, the objective's */
	struct match_margin more; /* mode optimal; else empty */
};

/* One outcome, counted. */
struct match_tally {
	struct match_objective objective;
	uint32_t *held; /* per student a choice, or MATCH_NONE */
	struct match_blocking blocking;
	/* Students, by the place on their list of what they got. */
	uint32_t places[MATCH_BUCKETS];
	int64_t place_sum;			     /* over the placed */
	struct match_listers listers[MATCH_BUCKETS]; /* by list length */
	struct match_root *roots;		     /* in the order of ids */
	uint32_t root_count;
	uint32_t placed_outside; /* at postings that no group holds */
};

/*
 * Count an outcome of an instance.
 *
 * in     result is sound, and of this instance
 * out    tally is the caller's to free (match_tally_free)
 * fails  MATCH_NO_MEMORY, MATCH_TOO_LARGE as match_margin; tally is then empty
 * mem    linear in students, postings and groups
 */
bool match_tally_init(struct match_tally *tally,
		      const struct match_instance *instance,
		      const struct match_result *result,
		      struct match_error *error) MATCH_MUST_CHECK;
void match_tally_free(struct match_tally *tally);

/* How students see two outcomes; each is counted once. */
struct match_opinion {
	uint32_t same;
	uint32_t first, second; /* who prefer the one, the other */
};

/* in     both are of one instance, or of forms of it with the same students
 *        and lists */
struct match_opinion match_opinion(const struct match_instance *instance,
				   const struct match_tally *first,
				   const struct match_tally *second);

/* The modes on one instance. */
struct match_comparison {
	uint32_t list_lengths[MATCH_BUCKETS]; /* students, by length of list */
	uint32_t bucket_count; /* up to the longest list; places fit, too */
	struct match_tally of[MATCH_MODES];
	struct match_opinion opinion; /* first: of stable */
};

/*
 * in     results by mode, each sound and of this instance
 * out    comparison is the caller's to free (match_comparison_free)
 * fails  as match_tally_init; comparison is then empty
 */
bool match_compare(struct match_comparison *comparison,
		   const struct match_instance *instance,
		   const struct match_result results[MATCH_MODES],
		   struct match_error *error) MATCH_MUST_CHECK;
void match_comparison_free(struct match_comparison *comparison);

/* What the one has less of than the other; of shortfall, what it has more. */
struct match_objective match_given_up(const struct match_tally *one,
				      const struct match_tally *other);

/* A part of a whole in ten-thousandths, rounded half up; 0 of nothing. */
int64_t match_share_of(int64_t part, int64_t whole);

/*
 * sum / count with two decimals, as hundredths, rounded half up.
 *
 * in     0 <= sum <= INT64_MAX / 400, count > 0
 */
int64_t match_mean_hundredths(int64_t sum, int64_t count);

#endif
