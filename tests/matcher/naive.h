/*
 * What the definitions say, in the plainest way: slow, and sharing nothing with
 * the engine but the instance in memory.
 */
#ifndef TESTS_MATCHER_NAIVE_H
#define TESTS_MATCHER_NAIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/instance.h"

/* Nodes are postings, then groups. Is the one at or below the other? */
bool naive_is_under(const struct match_instance *instance, uint32_t node,
		    uint32_t top);

/* How many a matching (per student a choice, or MATCH_NONE) has under it. */
int64_t naive_count(const struct match_instance *instance, const uint32_t *held,
		    uint32_t node);

/*
 * Is the choice acceptable there? The rank is that in the governing ranking,
 * from 1; MATCH_NONE if none governs, or it does not list the student.
 */
bool naive_rank(const struct match_instance *instance, uint32_t student,
		uint32_t choice, uint32_t *rank);

#endif
