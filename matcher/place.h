/*
 * Who goes where in a placement round.
 *
 * from   docs/placement.md
 */
#ifndef MATCHER_PLACE_H
#define MATCHER_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/instance.h"
#include "matcher/result.h"

/*
 * The student-optimal stable outcome under laminar caps, by student-proposing
 * deferred acceptance. Floors do not bind; shortfalls are reported. Pins have
 * no influence.
 *
 * in     instance is borrowed and finished
 * out    result is given to the caller (match_result_free); its lists are in
 *        the order of ids, instance_sha256 is left empty for the caller to fill
 * ties   lottery numbers differ, so there are none: the outcome is unique
 * fails  MATCH_NO_MEMORY; result is then empty
 * from   Gale and Shapley 1962; Fleiner 2003 and Hatfield and Milgrom 2005 for
 *        choice by a matroid
 */
bool match_place_stable(const struct match_instance *instance,
			struct match_result *result,
			struct match_error *error) MATCH_MUST_CHECK;

#define MATCH_THREADS_MAX 64u

/*
 * The same outcome, by so many threads, 1..MATCH_THREADS_MAX: they share the
 * trees of groups that can fill, so one tree keeps one thread busy. A thread
 * that the system refuses is done without.
 *
 * mem    4 bytes a student for each thread beside the first
 */
bool match_place_stable_by(const struct match_instance *instance,
			   uint32_t thread_count, struct match_result *result,
			   struct match_error *error) MATCH_MUST_CHECK;

/*
 * The outcome of least shortfall, then most placed, then greatest score, and
 * the prices that prove it.
 *
 * in     instance is borrowed and finished
 * out    result is given to the caller (match_result_free), instance_sha256
 *        left empty; cutoffs and own moves are empty
 * ties   by the numbering of the instance: the same instance, the same result
 * fails  MATCH_NO_MEMORY; MATCH_TOO_LARGE where prices leave 62 bits, which
 *        takes millions of nodes that bind and scores near the limit at once;
 *        result is then empty
 * from   docs/placement.md, "Mode optimal"; Goldberg 1997 for cost scaling
 */
bool match_place_optimal(const struct match_instance *instance,
			 struct match_result *result,
			 struct match_error *error) MATCH_MUST_CHECK;

/* How far a placement is; all from 1. */
struct match_progress {
	uint32_t objective, objective_count;
	uint32_t phase, phase_count; /* it may need fewer phases */
};

/* Told as each phase begins, a few dozen times in all. */
struct match_watch {
	void (*tell)(void *to, const struct match_progress *progress);
	void *to;
};

struct match_optimal_order {
	/*
	 * Per student the posting of before: of all that is best, take one with
	 * the most students who keep it. MATCH_NONE: none, which one keeps by
	 * staying unplaced; any other number: one that is gone. NULL: there is
	 * no before.
	 */
	const uint32_t *prior;
	const struct match_watch *watch; /* or NULL */
};

/*
 * The same, as ordered.
 *
 * out    with prior, kept_prices are there too
 */
bool match_place_optimal_by(const struct match_instance *instance,
			    const struct match_optimal_order *order,
			    struct match_result *result,
			    struct match_error *error) MATCH_MUST_CHECK;

#endif
