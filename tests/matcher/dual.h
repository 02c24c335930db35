/*
 * Mode optimal by its definition, for small instances: what a matching is
 * worth, and whether prices prove that none is worth more. Shares nothing with
 * the solver or the checker.
 */
#ifndef TESTS_MATCHER_DUAL_H
#define TESTS_MATCHER_DUAL_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/instance.h"
#include "matcher/result.h"
#include "small.h"

#define DUAL_STUDENTS 8 /* at most */
#define DUAL_NODES 16

/* A matching: per student a choice, or MATCH_NONE. */

/* All acceptable, and no cap broken? */
bool dual_is_feasible(const struct match_instance *instance,
		      const uint32_t *held);

struct match_objective dual_objective(const struct match_instance *instance,
				      const uint32_t *held);

bool dual_is_better(const struct match_objective *a,
		    const struct match_objective *b);

/*
 * A best matching, by trying all.
 *
 * out    held; how many are feasible
 */
uint64_t dual_best(const struct match_instance *instance, uint32_t *held);

/* Prices of all nodes: mostly nothing, else what seats may well be worth. */
void dual_roll_prices(struct dice *dice, const struct match_instance *instance,
		      struct match_price *prices);

/*
 * Do the prices prove a feasible matching optimal? By weak duality: whatever
 * the prices are, no matching is worth more than what every student gains at
 * best plus what every node earns at best. A proof is a matching worth that.
 */
bool dual_proves(const struct match_instance *instance, const uint32_t *held,
		 const struct match_price *prices);

/* Where students were before, and what keeping it adds to the prices. */
struct dual_near {
	const uint32_t *prior; /* per student: a posting, MATCH_NONE, or gone */
	const int64_t *kept_prices; /* per node; NULL: all 0 */
};

/* How many have what they had, if it be nothing. */
int64_t dual_kept(const struct match_instance *instance, const uint32_t *held,
		  const uint32_t *prior);

/* Do four members prove that no matching as good has fewer moves? */
bool dual_proves_near(const struct match_instance *instance,
		      const uint32_t *held, const struct match_price *prices,
		      const struct dual_near *near);

/*
 * The result of mode optimal that says this.
 *
 * out    result is given to the caller (match_result_free), prices copied
 */
void dual_result(const struct match_instance *instance, const uint32_t *held,
		 const struct match_price *prices, struct match_result *result);

/* What a sound result holds, per student. */
void dual_held(const struct match_instance *instance,
	       const struct match_result *result, uint32_t *held);

#endif
