/*
 * Counting the blocking pairs of any outcome that breaks no cap; the checker
 * names those of stable outcomes by other means.
 *
 * from   docs/placement.md, "The model"
 */
#ifndef MATCHER_BLOCKING_H
#define MATCHER_BLOCKING_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/contracts.h"
#include "matcher/error.h"

struct match_blocking {
	uint64_t pairs;
	uint32_t students; /* who are in one or more of the pairs */
};

/*
 * in     held: per student a choice into instance->choice that is acceptable,
 *        or MATCH_NONE; together they break no capacity and no cap
 * fails  no memory
 * mem    linear in postings and groups; time linear in the choices
 */
bool match_blocking_count(const struct match_contracts *contracts,
			  const uint32_t *held,
			  struct match_blocking *blocking) MATCH_MUST_CHECK;

#endif
