/*
 * Random students and postings from a seed, the same on every machine. Small
 * ranges on purpose: ties, equal places and broken rules must be frequent.
 */
#ifndef TESTS_ALIGN_RANDOM_PAIR_H
#define TESTS_ALIGN_RANDOM_PAIR_H

#include "matcher/align.h"

struct random_student {
	uint32_t willing[3];
	struct match_text skills[4];
	struct match_text certificates[2];
};

struct random_posting {
	uint32_t targets[3];
	struct match_ask asks[5];
};

/* The next number below `below` (> 0). */
uint32_t random_below(uint64_t *seed, uint32_t below);

/* Arrays of the facts point into storage; serial becomes the id. */
struct match_student random_student(uint64_t *seed, uint32_t serial,
				    struct random_student *storage);
struct match_posting random_posting(uint64_t *seed, uint32_t serial,
				    struct random_posting *storage);

/* A sound policy with weights and points of its own. */
struct match_policy random_policy(uint64_t *seed);

/* A few ties between the specialties and occupations drawn above. */
extern const struct match_ties random_ties;

#endif
