/*
 * From who is held where to the result that people read: lists, counts of
 * groups, cutoffs, own moves. Part of the solver.
 */
#ifndef MATCHER_OUTCOME_H
#define MATCHER_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/contracts.h"
#include "matcher/error.h"
#include "matcher/result.h"

/*
 * in     held: per student the choice that holds, or MATCH_NONE; no cap broken
 * out    result is given to the caller, mode "stable"
 * fails  no memory; result is then empty
 */
bool match_outcome(const struct match_contracts *contracts,
		   const uint32_t *held,
		   struct match_result *result) MATCH_MUST_CHECK;

/* The same in mode "optimal": no cutoffs, no own moves, and no prices yet. */
bool match_outcome_optimal(const struct match_contracts *contracts,
			   const uint32_t *held,
			   struct match_result *result) MATCH_MUST_CHECK;

#endif
