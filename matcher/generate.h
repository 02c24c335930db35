/*
 * Realistic instances of any size, for tests, benchmarks and first steps.
 */
#ifndef MATCHER_GENERATE_H
#define MATCHER_GENERATE_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/instance.h"

struct match_generation {
	uint32_t students; /* 1..MATCH_STUDENTS_MAX */
	uint64_t seed;
	uint64_t hash_key[2]; /* as for match_builder_init */
};

/*
 * Make an instance up: the same students and seed, the same instance, on every
 * machine and with every compiler.
 *
 * out    instance is given to the caller; its own seed says how it was made
 * fails  MATCH_TOO_LARGE, MATCH_NO_MEMORY; instance is then empty
 * from   docs/placement.md, "Made-up instances"
 */
bool match_generate(const struct match_generation *order,
		    struct match_instance *instance,
		    struct match_error *error) MATCH_MUST_CHECK;

#endif
